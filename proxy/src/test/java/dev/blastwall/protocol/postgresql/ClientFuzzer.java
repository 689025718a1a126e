package dev.blastwall.protocol.postgresql;

import java.util.Arrays;

/**
 * A client that says anything, against a server that believes everything; {@code ci/fuzz
 * postgresql-client} calls it. The input is a {@link FuzzScript}; its actions are {@link #ANSWER}
 * and those after it. {@link FuzzedGateway} says what a finding is, and so does {@link
 * ObedientServer} of what reaches it.
 */
public final class ClientFuzzer {

  static final int ANSWER = 1;
  static final int PAUSE = 2;
  static final int CANCEL = 3;
  static final int TIME = 4;
  static final int CLIENT_HANGS_UP = 5;
  static final int SERVER_HANGS_UP = 6;
  static final int STOP = 7;
  static final int NOTICE = 8;
  static final int END = 9;
  static final int CUT = 10;

  /** A rule bit above those of the gate: the first bytes are the input's, too. */
  static final int UNSIGNED = 32;

  private final FuzzedGateway gateway;
  private final ObedientServer server;
  private boolean paused;
  private boolean cuts;
  private byte[] unanswered = {};

  private ClientFuzzer(int rules) {
    gateway = new FuzzedGateway(rules);
    server = new ObedientServer(gateway.gate);
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    int rules = FuzzScript.rules(input);
    ClientFuzzer run = new ClientFuzzer(rules);
    if ((rules & UNSIGNED) == 0) {
      run.gateway.signIn();
      run.answer();
      run.gateway.letIn();
    }
    FuzzScript.steps(input).forEach(run::step);
    run.paused = false;
    run.answer();
    run.gateway.finish();
  }

  private void step(FuzzScript.Step step) {
    switch (step) {
      case FuzzScript.Step.Say(byte[] bytes) -> say(bytes);
      case FuzzScript.Step.Action(int number) -> act(number);
    }
    answer();
  }

  private void say(byte[] bytes) {
    FuzzedGateway.understand(bytes);
    int cut = cuts ? bytes.length / 2 : 0;
    cuts = false;
    gateway.client(Arrays.copyOf(bytes, cut));
    gateway.client(Arrays.copyOfRange(bytes, cut, bytes.length));
  }

  private void act(int number) {
    switch (number) {
      case ANSWER -> gateway.gate.answer();
      case PAUSE -> paused = !paused;
      case CANCEL -> gateway.cancel();
      case TIME -> gateway.passTime(2);
      case CLIENT_HANGS_UP -> gateway.clientHangsUp();
      case SERVER_HANGS_UP -> gateway.serverHangsUp();
      case STOP -> gateway.stop();
      case NOTICE -> gateway.server(RawClient.message('N', "SNOTICE\0VNOTICE\0C00000\0Mhello\0\0"));
      case END -> gateway.gate.endSession();
      case CUT -> cuts = true;
      default -> {}
    }
    gateway.settle();
  }

  /** The server answers all that has reached it, and what that brings. */
  private void answer() {
    byte[] reached = gateway.reachedUpstream();
    unanswered = RawClient.all(unanswered, reached);
    while (!paused && unanswered.length > 0) {
      byte[] answer = server.hears(unanswered);
      gateway.server(answer);
      unanswered = gateway.reachedUpstream();
    }
  }
}
