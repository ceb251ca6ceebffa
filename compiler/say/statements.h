// One overload per statement; `sentence` visits. Each speaks without the statement's heading ("P02 (critical): ").
#pragma once

#include "compiler/say/speaker.h"

namespace writ::say {

// rules.cpp
std::string say(Speaker& speak, const ast::Sod& s);
std::string say(Speaker& speak, const ast::Never& s);
std::string say(Speaker& speak, const ast::Forbid& s);
std::string say(Speaker& speak, const ast::Require& s);
std::string say(Speaker& speak, const ast::Terms& s);
std::string say(Speaker& speak, const ast::Limits& s);
std::string say(Speaker& speak, const ast::Approval& s);
std::string say(Speaker& speak, const ast::Control& s);
std::string say(Speaker& speak, const ast::Lift& s);
std::string say(Speaker& speak, const ast::Emergency& s);

// access.cpp
std::string say(Speaker& speak, const ast::Role& s);
std::string say(Speaker& speak, const ast::Duty& s);
std::string say(Speaker& speak, const ast::Predicate& s);
std::string say(Speaker& speak, const ast::Flow& s);
std::string say(Speaker& speak, const ast::Overlay& s);
std::string say(Speaker& speak, const ast::Process& s);
std::string say(Speaker& speak, const ast::Staffing& s);
std::string say(Speaker& speak, const ast::Adopt& s);
std::string say(Speaker& speak, const ast::NativeMap& s);
std::string say(Speaker& speak, const ast::Assert& s);
std::string say(Speaker& speak, const ast::Test& s);
std::string say(Speaker& speak, const ast::Given& s);

// vocabulary.cpp
std::string say(Speaker& speak, const ast::System& s);
std::string say(Speaker& speak, const ast::EnumDecl& s);
std::string say(Speaker& speak, const ast::Dimension& s);
std::string say(Speaker& speak, const ast::PrincipalDecl& s);
std::string say(Speaker& speak, const ast::ContextDecl& s);
std::string say(Speaker& speak, const ast::ResourceDecl& s);
std::string say(Speaker& speak, const ast::ActionDecl& s);
std::string say(Speaker& speak, const ast::Threshold& s);
std::string say(Speaker& speak, const ast::Calendar& s);

std::string claim(Speaker& speak, const ast::Claim& c);
std::string_view level_word(ast::Level level);

}  // namespace writ::say
