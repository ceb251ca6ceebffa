// The base protocol: any bytes give a message, a refusal or the end, and nothing large is believed before it was judged.
#include "lsp/protocol/framing.h"

#include <sstream>

#include <gtest/gtest.h>

namespace writ::lsp {
namespace {

Incoming read(const std::string& bytes, const FramingLimits& limits = {}) {
  std::istringstream in(bytes);
  return read_message(in, limits);
}

TEST(Framing, WhatIsWrittenIsRead) {
  std::stringstream wire;
  write_message(wire, notification("exit", {{"a", "ü"}}));
  write_message(wire, response(7, nullptr));
  const Incoming first = read_message(wire);
  ASSERT_EQ(first.kind, Incoming::Kind::Message);
  EXPECT_EQ(first.message["method"], "exit");
  EXPECT_EQ(first.message["params"]["a"], "ü");
  EXPECT_EQ(read_message(wire).message["id"], 7);
  EXPECT_EQ(read_message(wire).kind, Incoming::Kind::End);
}

TEST(Framing, HeadersInAnyCaseAndOrder) {
  EXPECT_EQ(read("content-type: x\r\nCONTENT-LENGTH: 2\r\n\r\n{}").kind, Incoming::Kind::Message);
}

TEST(Framing, RefusesWhatIsNoMessage) {
  EXPECT_EQ(read("Content-Length: 3\r\n\r\n{]}").code, kParseError);
  EXPECT_EQ(read("Content-Length: 2\r\n\r\n[]").code, kInvalidRequest);
  EXPECT_EQ(read("Content-Length: x\r\n\r\n").code, kParseError);
  EXPECT_EQ(read("X-Content-Length: 2\r\n\r\n{}").code, kParseError);
  EXPECT_EQ(read("Content-Length: 20\r\n\r\n{}").why, "the input ends inside a message");
  EXPECT_EQ(read("Content-Length: 2").why, "the input ends inside a header");
}

TEST(Framing, JudgesSizesBeforeItBelievesThem) {
  EXPECT_EQ(read("Content-Length: 99999999999\r\n\r\n{}").kind, Incoming::Kind::Refused);
  EXPECT_EQ(read(std::string(5000, 'x')).kind, Incoming::Kind::Refused);
  EXPECT_EQ(read("Content-Length: 11\r\n\r\n{\"a\": 1234}", {.header_bytes = 4096, .content_bytes = 10}).kind, Incoming::Kind::Refused);
}

TEST(Framing, AfterARefusedHeaderTheStreamIsOver) {
  std::istringstream in("rubbish\r\n\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(read_message(in).kind, Incoming::Kind::Refused);
  EXPECT_EQ(read_message(in).kind, Incoming::Kind::End);
}

}  // namespace
}  // namespace writ::lsp
