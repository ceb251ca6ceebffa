// Texts come and go, snapshots are taken, proofs started and stopped, diagnostics published.
#include <fmt/format.h>

#include "lsp/features/problems.h"
#include "lsp/protocol/uri.h"
#include "lsp/server/server.h"

namespace writ::lsp {
namespace {

std::int64_t version_of(const Json& document) {
  const Json* version = find_member(document, {"version"});
  return version != nullptr && version->is_number_integer() ? version->get<std::int64_t>() : 0;
}

std::string token_of(std::uint64_t ticket) { return fmt::format("writ/proofs/{}", ticket); }

}  // namespace

// ---- texts

void Server::touch(const std::filesystem::path& path) {
  Home& home = homes_[path];
  home.stale = true;
  stop_proofs(home);
}

void Server::did_open(const Json& params) {
  const Json& document = member(params, "textDocument");
  const std::string uri = text_member(document, "uri");
  documents_.open(uri, version_of(document), text_member(document, "text"));
  const std::filesystem::path& home = documents_.find(path_of(uri))->home;
  touch(home);
  homes_[home].wants_proof = true;
  drop_unused_homes();
}

void Server::did_change(const Json& params) {
  const Json& document = member(params, "textDocument");
  const std::string uri = text_member(document, "uri");
  documents_.change(uri, version_of(document), member(params, "contentChanges"));
  const std::filesystem::path path = path_of(uri);
  const std::filesystem::path& home = documents_.find(path)->home;
  touch(home);
  // An editor that collects changes may tell of a save before it tells what was saved.
  homes_[home].wants_proof = settings_.run == Settings::Run::OnType || (settings_.run == Settings::Run::OnSave && documents_.is_saved(path));
  drop_unused_homes();
}

void Server::did_save(const Json& params) {
  const Document* document = documents_.find(path_of(text_member(member(params, "textDocument"), "uri")));
  if (document != nullptr) homes_[document->home].wants_proof = true;
}

void Server::did_close(const Json& params) {
  const std::string uri = text_member(member(params, "textDocument"), "uri");
  const Document* document = documents_.find(path_of(uri));
  if (document == nullptr) return;
  const std::filesystem::path home = document->home;
  documents_.close(uri);
  touch(home);
  homes_[home].wants_proof = settings_.run != Settings::Run::Off;
  drop_unused_homes();
}

void Server::did_change_settings(const Json& params) {
  const Settings before = settings_;
  if (const Json* settings = find_member(params, {"settings"})) configure(*settings);
  if (settings_.run == Settings::Run::Off) {
    for (auto& [path, home] : homes_) stop_proofs(home);
  } else if (before.run == Settings::Run::Off || before.budget != settings_.budget) {
    for (auto& [path, home] : homes_) {
      stop_proofs(home);
      home.wants_proof = true;
    }
  }
}

void Server::did_change_files(const Json& params) {
  const Json& changes = member(params, "changes");
  if (!changes.is_array()) throw BadParams("`changes` is no list");
  documents_.find_homes();
  for (const auto& [path, document] : documents_.all()) {
    const std::string root = (document.home == path ? path.parent_path() : document.home).generic_string();
    for (const Json& change : changes) {
      if (!path_of(text_member(change, "uri")).generic_string().starts_with(root)) continue;
      touch(document.home);
      homes_[document.home].wants_proof = true;
    }
  }
  drop_unused_homes();
}

/// A project of which no document is open any more shows nothing.
void Server::drop_unused_homes() {
  std::set<std::filesystem::path> used;
  for (const auto& [path, document] : documents_.all()) {
    used.insert(document.home);
    homes_[document.home];
  }
  for (auto at = homes_.begin(); at != homes_.end();) {
    if (used.contains(at->first)) {
      ++at;
      continue;
    }
    stop_proofs(at->second);
    for (const std::string& uri : at->second.published) publish_list(uri, Json::array());
    at = homes_.erase(at);
  }
}

// ---- snapshots

bool Server::work() {
  if (state_ != State::Running) return false;
  for (auto& [path, home] : homes_) {
    if (newer_waits_ && newer_waits_()) return false;
    if (!home.stale) continue;
    check(path, home);
    return true;
  }
  for (auto& [path, home] : homes_)
    if (home.wants_proof && start_proofs(home)) return true;
  return false;
}

/// False: given up, because the text has changed again.
bool Server::check(const std::filesystem::path& path, Home& home) {
  std::shared_ptr<const Snapshot> snapshot;
  try {
    snapshot = take_snapshot(path, documents_.texts(), newer_waits_);
  } catch (const std::exception& error) {
    log(1, fmt::format("internal error: {}", error.what()));
    home.stale = false;   // the same text would fail again
    if (!home.snapshot) home.snapshot = std::make_shared<Snapshot>();
    return true;
  }
  if (!snapshot) return false;
  home.snapshot = std::move(snapshot);
  home.verdicts = nullptr;
  home.stale = false;
  publish(path, home);
  return true;
}

void Server::publish_list(const std::string& uri, const Json& list) {
  Json params = {{"uri", uri}, {"diagnostics", list}};
  const auto path = path_of_uri(uri);
  if (const Document* document = path ? documents_.find(*path) : nullptr) params["version"] = document->version;
  send_(notification("textDocument/publishDiagnostics", std::move(params)));
}

void Server::publish(const std::filesystem::path& path, Home& home) {
  const auto uris = documents_.uris();
  std::filesystem::path first = path;
  for (const auto& [document, data] : documents_.all())
    if (data.home == path) {
      first = document;
      break;
    }
  std::set<std::string> shown;
  const auto all = problems(view(home, uris), first);
  for (const auto& [uri, list] : all) {
    const auto at = path_of_uri(uri);
    const bool open = at && documents_.find(*at) != nullptr;
    if (!list.empty()) shown.insert(uri);
    if (open || !list.empty() || home.published.contains(uri)) publish_list(uri, list);
  }
  for (const std::string& uri : home.published)
    if (!all.contains(uri)) publish_list(uri, Json::array());
  home.published = std::move(shown);
}

// ---- proofs

void Server::stop_proofs(Home& home) {
  if (home.ticket == 0) return;
  ending_.insert(home.ticket);
  home.ticket = 0;
  lane_->stop();
}

bool Server::start_proofs(Home& home) {
  home.wants_proof = false;
  if (settings_.run == Settings::Run::Off || !home.snapshot || !home.snapshot->kernel || home.verdicts || home.ticket != 0) return false;
  for (auto& [path, other] : homes_) {
    if (other.ticket == 0) continue;
    home.wants_proof = true;   // one at a time: when that one has ended
    return false;
  }
  home.ticket = ++tickets_;
  lane_->start({home.ticket, home.snapshot, settings_.budget, settings_.threads, settings_.rest});
  return true;
}

void Server::progress(std::uint64_t ticket, Json value) {
  if (shows_progress_) send_(notification("$/progress", {{"token", token_of(ticket)}, {"value", std::move(value)}}));
}

/// A run that nobody waits for any more ends in the editor when it has really ended.
void Server::receive_of_ending(const ProofEvent& event) {
  if (event.kind == ProofEvent::Kind::Began || event.kind == ProofEvent::Kind::Advanced) return;
  ending_.erase(event.ticket);
  if (begun_.erase(event.ticket) > 0) progress(event.ticket, {{"kind", "end"}, {"message", fmt::format("interrupted after {} ms", event.took.count())}});
}

void Server::receive(const ProofEvent& event) {
  if (ending_.contains(event.ticket)) return receive_of_ending(event);
  bool shown = true;
  if (event.kind == ProofEvent::Kind::Began) begun_.insert(event.ticket);
  else if (event.kind != ProofEvent::Kind::Advanced) shown = begun_.erase(event.ticket) > 0;
  for (auto& [path, home] : homes_) {
    if (home.ticket != event.ticket || home.ticket == 0) continue;
    switch (event.kind) {
      case ProofEvent::Kind::Began:
        if (shows_progress_) send_({{"jsonrpc", "2.0"}, {"id", token_of(event.ticket)}, {"method", "window/workDoneProgress/create"}, {"params", {{"token", token_of(event.ticket)}}}});
        return progress(event.ticket, {{"kind", "begin"}, {"title", "writ prove"}, {"cancellable", false}, {"percentage", 0}});
      case ProofEvent::Kind::Advanced:
        return progress(event.ticket, {{"kind", "report"}, {"message", fmt::format("{} of {}", event.done, event.total)}, {"percentage", event.done * 100 / std::max<std::size_t>(event.total, 1)}});
      case ProofEvent::Kind::Ended: {
        home.ticket = 0;
        home.verdicts = event.verdicts;
        const auto proved = static_cast<std::size_t>(std::count_if(event.verdicts->run.results.begin(), event.verdicts->run.results.end(), [](const verify::Result& r) { return r.verdict.success(); }));
        progress(event.ticket, {{"kind", "end"}, {"message", fmt::format("proved {} of {}", proved, event.total)}});
        return publish(path, home);
      }
      case ProofEvent::Kind::Interrupted:   // by somebody who saw a change before this server did
        home.ticket = 0;
        home.wants_proof = true;
        if (!shown) return;
        return progress(event.ticket, {{"kind", "end"}, {"message", fmt::format("interrupted after {} ms", event.took.count())}});
      case ProofEvent::Kind::Failed:
        home.ticket = 0;
        progress(event.ticket, {{"kind", "end"}, {"message", "failed"}});
        return log(1, fmt::format("internal error while proving: {}", event.why));
    }
  }
}

}  // namespace writ::lsp
