// Messages: which may come when, who answers them, what an error looks like.
#include "lsp/server/server.h"

#include <fmt/format.h>

#include "lsp/protocol/uri.h"
#include "lsp/server/failures.h"

namespace writ::lsp {
namespace {

bool is_id(const Json& id) { return id.is_string() || id.is_number_integer(); }

Json capabilities() {
  return {{"positionEncoding", "utf-16"},
          {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
          {"hoverProvider", true},
          {"definitionProvider", true},
          {"referencesProvider", true},
          {"documentHighlightProvider", true},
          {"documentSymbolProvider", true},
          {"workspaceSymbolProvider", true},
          {"documentFormattingProvider", true},
          {"foldingRangeProvider", true},
          {"completionProvider", {{"triggerCharacters", Json::array({"."})}}},
          {"codeActionProvider", {{"codeActionKinds", Json::array({"quickfix"})}}},
          {"renameProvider", {{"prepareProvider", true}}}};
}

bool is_true(const Json* value) { return value != nullptr && value->is_boolean() && value->get<bool>(); }

}  // namespace

void Server::log(int type, const std::string& text) { send_(notification("window/logMessage", {{"type", type}, {"message", text}})); }

void Server::receive(const Incoming& incoming) {
  if (incoming.kind == Incoming::Kind::End) {
    if (!exit_code_) exit_code_ = state_ == State::ShutDown ? 0 : 1;
    return;
  }
  if (incoming.kind == Incoming::Kind::Refused) return send_(error_response(nullptr, incoming.code, incoming.why));
  const Json& message = incoming.message;
  static const Json kNone = Json::object();
  const Json* id = find_member(message, {"id"});
  const Json* method = find_member(message, {"method"});
  const Json* params = find_member(message, {"params"});
  const bool answers = method == nullptr && id != nullptr && (message.contains("result") || message.contains("error"));
  if (answers) return;
  if (method == nullptr || !method->is_string() || (id != nullptr && !is_id(*id)))
    return send_(error_response(id != nullptr && is_id(*id) ? *id : Json(nullptr), kInvalidRequest, "neither a request nor a notification"));
  if (id != nullptr) request(*id, method->get<std::string>(), params == nullptr ? kNone : *params);
  else notice(method->get<std::string>(), params == nullptr ? kNone : *params);
}

void Server::request(const Json& id, const std::string& method, const Json& params) {
  static const std::map<std::string, Answer> kAnswers = {
      {"shutdown", &Server::shut_down},
      {"textDocument/hover", &Server::hover},
      {"textDocument/definition", &Server::definition},
      {"textDocument/references", &Server::references},
      {"textDocument/documentHighlight", &Server::highlights},
      {"textDocument/documentSymbol", &Server::document_symbols},
      {"workspace/symbol", &Server::workspace_symbols},
      {"textDocument/foldingRange", &Server::folding_ranges},
      {"textDocument/formatting", &Server::formatting},
      {"textDocument/completion", &Server::completion},
      {"textDocument/codeAction", &Server::code_actions},
      {"textDocument/prepareRename", &Server::prepare_rename},
      {"textDocument/rename", &Server::rename},
  };
  if (state_ == State::ShutDown) return send_(error_response(id, kInvalidRequest, "the server is shut down"));
  const bool begins = method == "initialize";
  if (begins != (state_ == State::Fresh))
    return send_(begins ? error_response(id, kInvalidRequest, "the server is initialized already") : error_response(id, kServerNotInitialized, "the server is not initialized"));
  const auto found = kAnswers.find(method);
  if (!begins && found == kAnswers.end()) return send_(error_response(id, kMethodNotFound, fmt::format("there is no method `{}`", method.substr(0, 100))));
  try {
    Json result = begins ? initialize(params) : (this->*found->second)(params);
    send_(response(id, std::move(result)));
  } catch (const BadParams& bad) {
    send_(error_response(id, kInvalidParams, bad.what()));
  } catch (const Refusal& refusal) {
    send_(error_response(id, refusal.code, refusal.what()));
  } catch (const std::exception& error) {
    send_(error_response(id, kInternalError, fmt::format("internal error: {}", error.what())));
  }
}

void Server::notice(const std::string& method, const Json& params) {
  static const std::map<std::string, Notice> kNotices = {
      {"initialized", &Server::initialized},
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didSave", &Server::did_save},
      {"textDocument/didClose", &Server::did_close},
      {"workspace/didChangeConfiguration", &Server::did_change_settings},
      {"workspace/didChangeWatchedFiles", &Server::did_change_files},
  };
  if (method == "exit") return exit(params);
  const auto found = kNotices.find(method);
  if (state_ != State::Running || found == kNotices.end()) return;
  try {
    (this->*found->second)(params);
  } catch (const BadParams& bad) {
    log(2, fmt::format("`{}` is ignored: {}", method, bad.what()));
  } catch (const std::exception& error) {
    log(1, fmt::format("internal error in `{}`: {}", method, error.what()));
  }
}

void Server::cancelled(const Json& request) { send_(error_response(member(request, "id"), kRequestCancelled, "the request was cancelled")); }

Json Server::initialize(const Json& params) {
  if (!params.is_object()) throw BadParams("an object expected");
  state_ = State::Running;
  shows_progress_ = is_true(find_member(params, {"capabilities", "window", "workDoneProgress"}));
  watches_files_ = is_true(find_member(params, {"capabilities", "workspace", "didChangeWatchedFiles", "dynamicRegistration"}));
  if (const Json* own = find_member(params, {"initializationOptions"})) configure(*own);
  return {{"capabilities", capabilities()}, {"serverInfo", {{"name", "writ"}, {"version", options_.version}}}};
}

void Server::initialized(const Json&) {
  if (!watches_files_) return;
  const Json watchers = Json::array({{{"globPattern", "**/*.writ"}}, {{"globPattern", "**/writ.toml"}}});
  const Json registration = {{"id", "writ/files"}, {"method", "workspace/didChangeWatchedFiles"}, {"registerOptions", {{"watchers", watchers}}}};
  send_({{"jsonrpc", "2.0"}, {"id", "writ/register"}, {"method", "client/registerCapability"}, {"params", {{"registrations", Json::array({registration})}}}});
}

Json Server::shut_down(const Json&) {
  state_ = State::ShutDown;
  lane_->stop();
  return nullptr;
}

void Server::exit(const Json&) {
  exit_code_ = state_ == State::ShutDown ? 0 : 1;
  lane_->stop();
}

void Server::configure(const Json& settings) {
  for (const std::string& wrong : apply(settings, settings_)) log(2, wrong);
}

}  // namespace writ::lsp
