package dev.blastwall.telemetry;

import dev.blastwall.policy.Question;

/** At which point of the contract policy is asked. */
enum Point {
  CONNECT,
  COMMAND,
  RESULT;

  static Point of(Question question) {
    return switch (question) {
      case Question.Connect connect -> CONNECT;
      case Question.Judge judge -> COMMAND;
      case Question.Describe describe -> RESULT;
    };
  }
}
