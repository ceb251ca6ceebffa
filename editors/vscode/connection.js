// JSON-RPC over the standard streams of a child process: requests with answers, notifications, cancelling. Knows no editor.
"use strict";
const { spawn } = require("child_process");

class Connection {
  /// `handlers`: method → function(params); what a request's handler returns is its answer. `ended`: told once, with a reason.
  constructor(command, args, handlers, ended) {
    this.handlers = handlers;
    this.waiting = new Map();
    this.ids = 0;
    this.received = Buffer.alloc(0);
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.closed = false;
    const close = (why) => {
      if (this.closed) return;
      this.closed = true;
      for (const { reject } of this.waiting.values()) reject(new Error(why));
      this.waiting.clear();
      ended(why);
    };
    this.process.on("error", (error) => close(error.message));
    this.process.on("exit", (code, signal) => close(`ended with ${signal || code}`));
    this.process.stdin.on("error", () => {});   // told by "exit"
    this.process.stdout.on("data", (data) => this.receive(data));
    this.errors = "";
    this.process.stderr.on("data", (data) => { this.errors = (this.errors + data).slice(-4000); });
  }

  receive(data) {
    this.received = Buffer.concat([this.received, data]);
    for (;;) {
      const end = this.received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = /Content-Length: *(\d+)/i.exec(this.received.slice(0, end).toString("ascii"));
      const begin = end + 4;
      if (!length || this.received.length < begin + Number(length[1])) return;
      const content = this.received.slice(begin, begin + Number(length[1]));
      this.received = this.received.slice(begin + Number(length[1]));
      this.dispatch(JSON.parse(content.toString("utf8")));
    }
  }

  dispatch(message) {
    if (message.method === undefined) {
      const request = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (!request) return;
      if (message.error) request.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
      else request.resolve(message.result);
      return;
    }
    const handler = this.handlers[message.method];
    const result = handler ? handler(message.params) : undefined;
    if (message.id === undefined) return;
    if (handler) this.send({ id: message.id, result: result === undefined ? null : result });
    else this.send({ id: message.id, error: { code: -32601, message: `no method ${message.method}` } });
  }

  send(message) {
    if (this.closed) return;
    const content = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }), "utf8");
    this.process.stdin.write(`Content-Length: ${content.length}\r\n\r\n`);
    this.process.stdin.write(content);
  }

  notify(method, params) { this.send({ method, params }); }

  /// `token` has onCancellationRequested, as an editor's does; may be left out.
  request(method, params, token) {
    if (this.closed) return Promise.reject(new Error("the server is not running"));
    const id = ++this.ids;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    if (token) token.onCancellationRequested(() => this.notify("$/cancelRequest", { id }));
    this.send({ id, method, params });
    return answer;
  }

  async stop() {
    if (this.closed) return;
    await this.request("shutdown", null).catch(() => {});
    this.notify("exit", null);
  }
}

module.exports = { Connection };
