#include "lsp/server/serve.h"

#include <istream>
#include <ostream>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "compiler/support/overloaded.h"
#include "lsp/server/inbox.h"
#include "lsp/server/threaded_lane.h"

namespace writ::lsp {
namespace {

bool ends_reading(const Incoming& incoming) {
  return incoming.kind == Incoming::Kind::End || (incoming.kind == Incoming::Kind::Message && incoming.message.value("method", Json()) == "exit");
}

/// Reads ahead, so that cancelling and newer texts are seen while the server works; a change stops proofs at once.
void read_all(std::istream& in, Inbox& inbox, ThreadedLane& lane) {
  for (bool more = true; more;) {
    Incoming incoming = read_message(in);
    more = !ends_reading(incoming);
    if (is_change(incoming)) lane.stop();
    inbox.post(std::move(incoming));
  }
}

void deliver(const Mail& mail, Server& server) {
  std::visit(support::Overloaded{[&](const Incoming& incoming) { server.receive(incoming); },
                                 [&](const CancelledRequest& request) { server.cancelled(request.request); },
                                 [&](const ProofEvent& event) { server.receive(event); }},
             mail);
}

/// Messages first; work while none waits.
int answer_all(Inbox& inbox, Server& server) {
  while (!server.exit_code()) {
    try {
      if (const auto mail = inbox.try_take()) deliver(*mail, server);
      else if (!server.work()) deliver(inbox.wait_and_take(), server);
    } catch (const std::exception& error) {
      std::fputs(fmt::format("writ lsp: internal error: {}\n", error.what()).c_str(), stderr);
    }
  }
  return *server.exit_code();
}

}  // namespace

int serve(std::istream& in, std::ostream& out, const ServerOptions& options) {
  in.tie(nullptr);   // a tied stream flushes `out` from the reading thread, in the middle of a message
  Inbox inbox;
  Server server(options, [&out](const Json& message) { write_message(out, message); });
  ThreadedLane lane([&inbox](ProofEvent event) { inbox.post(std::move(event)); });
  server.use(lane);
  server.ask_before_working([&inbox] { return inbox.change_waits(); });
  std::thread reader([&] { read_all(in, inbox, lane); });
  const int code = answer_all(inbox, server);
  reader.join();
  return code;
}

int serve_in_order(std::istream& in, std::ostream& out, const ServerOptions& options) {
  Server server(options, [&out](const Json& message) { write_message(out, message); });
  InlineLane lane([&server](const ProofEvent& event) {
    if (event.kind != ProofEvent::Kind::Advanced) server.receive(event);
  });
  server.use(lane);
  while (!server.exit_code()) {
    server.receive(read_message(in));
    while (server.work()) {
    }
  }
  return *server.exit_code();
}

}  // namespace writ::lsp
