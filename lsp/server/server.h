// The language server without threads and without a stream: messages go in one at a time, messages come out through `send`. It keeps a
// snapshot per project, checks stale ones when `work` is called, answers requests from fresh ones, and has the proof lane judge them.
// Verdicts belong to one snapshot: what was proved of an older text is never shown for a newer one. Belongs to one thread; the same
// messages give the same answers.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>

#include "lsp/server/documents.h"
#include "lsp/server/proof_lane.h"
#include "lsp/server/settings.h"

namespace writ::lsp {

struct ServerOptions {
  std::string version;                           ///< of the tool
  std::string pages;                             ///< URI of the folder with the pages of diagnostics; "": none
  std::string library;                           ///< URI of the folder with the sources of packages; "": none
};

class Server {
 public:
  using Send = std::function<void(Json)>;

  Server(ServerOptions options, Send send) : options_(std::move(options)), send_(std::move(send)) {}
  /// Before the first message. The lane outlives the server's last call.
  void use(ProofLane& lane) { lane_ = &lane; }
  /// Whether a change of a text waits to be received: then work on the present one is given up.
  void ask_before_working(std::function<bool()> newer_waits) { newer_waits_ = std::move(newer_waits); }

  void receive(const Incoming& incoming);
  void receive(const ProofEvent& event);
  /// Answers a request that its client has cancelled.
  void cancelled(const Json& request);
  /// One piece of waiting work: a check, a start of proofs. False: nothing to do.
  bool work();
  /// Set once `exit` has been received: 0 after a `shutdown`, else 1.
  std::optional<int> exit_code() const { return exit_code_; }

 private:
  enum class State { Fresh, Running, ShutDown };
  struct Home {
    std::shared_ptr<const Snapshot> snapshot;
    bool stale = true;
    bool wants_proof = false;
    std::uint64_t ticket = 0;                    ///< of the run that is under way for `snapshot`; 0: none
    std::shared_ptr<const Verdicts> verdicts;
    std::set<std::string> published;             ///< URIs that show something
  };
  struct Asked {
    Home& home;
    std::filesystem::path path;
    source::FileId file;
  };
  using Answer = Json (Server::*)(const Json& params);
  using Notice = void (Server::*)(const Json& params);

  void request(const Json& id, const std::string& method, const Json& params);
  void notice(const std::string& method, const Json& params);
  void log(int type, const std::string& text);

  // Requests
  Json initialize(const Json& params);
  Json shut_down(const Json& params);
  Json hover(const Json& params);
  Json definition(const Json& params);
  Json references(const Json& params);
  Json highlights(const Json& params);
  Json document_symbols(const Json& params);
  Json workspace_symbols(const Json& params);
  Json folding_ranges(const Json& params);
  Json formatting(const Json& params);
  Json completion(const Json& params);
  Json code_actions(const Json& params);
  Json prepare_rename(const Json& params);
  Json rename(const Json& params);

  // Notifications
  void initialized(const Json& params);
  void did_open(const Json& params);
  void did_change(const Json& params);
  void did_save(const Json& params);
  void did_close(const Json& params);
  void did_change_settings(const Json& params);
  void did_change_files(const Json& params);
  void exit(const Json& params);

  // State
  void touch(const std::filesystem::path& home);
  void drop_unused_homes();
  void stop_proofs(Home& home);
  void receive_of_ending(const ProofEvent& event);
  void configure(const Json& settings);
  bool check(const std::filesystem::path& path, Home& home);
  bool start_proofs(Home& home);
  void publish(const std::filesystem::path& path, Home& home);
  void publish_list(const std::string& uri, const Json& list);
  View view(const Home& home, const std::map<std::filesystem::path, std::string>& uris) const;
  Asked asked(const Json& params);
  Spot spot(const Asked& asked, const Json& params) const;
  template <class F>
  Json at_spot(const Json& params, F answer);
  void progress(std::uint64_t ticket, Json value);

  ServerOptions options_;
  Send send_;
  ProofLane* lane_ = nullptr;
  std::function<bool()> newer_waits_;
  State state_ = State::Fresh;
  std::optional<int> exit_code_;
  Settings settings_;
  bool shows_progress_ = false;
  bool watches_files_ = false;
  Documents documents_;
  std::map<std::filesystem::path, Home> homes_;
  std::uint64_t tickets_ = 0;
  std::set<std::uint64_t> begun_;                  ///< runs whose progress is shown
  std::set<std::uint64_t> ending_;                 ///< runs that were told to stop
};

}  // namespace writ::lsp
