package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.bindWithResults;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.flush;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A server that says anything, against a client that asks in many ways; {@code ci/fuzz
 * postgresql-server} calls it. The input is a {@link FuzzScript}: messages of the server, and as
 * actions what the client and others do. Where the rules mask, each value of a DataRow and each
 * line of CopyData is filled with {@link FuzzedGateway#SECRET}, which nothing else holds then.
 */
public final class ServerFuzzer {

  /** What the client says, by the number of the action. */
  private static final List<byte[]> CLIENT =
      List.of(
          query("select 1"),
          query("select id, email from customers"),
          query("select n from numbers; select document, born from customers"),
          query("begin"),
          query("copy customers to stdout"),
          query("copy (select name, email from customers) to stdout (format csv)"),
          query("copy customers from stdin"),
          message('d', "1\tAda\n"),
          message('c'),
          all(
              parse("", "select email from customers where id = $1"),
              bindWithResults(1, "", "", "1"),
              describe('P', ""),
              execute("", 0),
              sync()),
          all(parse("s", "select id, document from customers"), describe('S', "s"), flush()),
          all(bind("p", "s"), execute("p", 1), execute("p", 1), flush()),
          sync(),
          all(parse("", "insert into numbers values (1)"), bind("", ""), execute("", 0), sync()),
          all(RawClient.describe('P', "c"), sync()),
          query("select forbidden"),
          query("fetch 2 from c"),
          message('F', "\0\0\6\60\0\0\0\0\0\0"),
          query("set standard_conforming_strings = off"),
          message('X'));

  static {
    CLIENT.forEach(FuzzedGateway::understand);
  }

  static final int ANSWER = CLIENT.size();
  static final int CANCEL = ANSWER + 1;
  static final int TIME = ANSWER + 2;
  static final int CLIENT_HANGS_UP = ANSWER + 3;
  static final int SERVER_HANGS_UP = ANSWER + 4;

  /** A rule bit above those of the gate: the server's part of the sign-in is the input's, too. */
  static final int UNSIGNED = 32;

  private final FuzzedGateway gateway;

  private ServerFuzzer(int rules) {
    gateway = new FuzzedGateway(rules);
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    int rules = FuzzScript.rules(input);
    ServerFuzzer run = new ServerFuzzer(rules);
    run.gateway.signIn();
    if ((rules & UNSIGNED) == 0) {
      run.gateway.letIn();
    }
    for (FuzzScript.Step step : FuzzScript.steps(input)) {
      run.step(step);
      run.gateway.reachedUpstream();
    }
    run.gateway.finish();
  }

  private void step(FuzzScript.Step step) {
    switch (step) {
      case FuzzScript.Step.Say(byte[] bytes) ->
          gateway.server(gateway.gate.is(FuzzGate.MASKS) ? withSecrets(bytes) : bytes);
      case FuzzScript.Step.Action(int number) -> act(number);
    }
  }

  private void act(int number) {
    if (number < CLIENT.size()) {
      gateway.client(CLIENT.get(number));
    } else if (number == ANSWER) {
      gateway.gate.answer();
      gateway.settle();
    } else if (number == CANCEL) {
      gateway.cancel();
    } else if (number == TIME) {
      gateway.passTime(2);
    } else if (number == CLIENT_HANGS_UP) {
      gateway.clientHangsUp();
    } else if (number == SERVER_HANGS_UP) {
      gateway.serverHangsUp();
    }
  }

  private static byte[] withSecrets(byte[] said) {
    byte[] bytes = said.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == FuzzedGateway.SECRET ? FuzzedGateway.SECRET - 1 : bytes[i];
    }
    if (bytes.length > 7 && bytes[0] == 'D') {
      fillValues(ByteBuffer.wrap(bytes, 7, bytes.length - 7));
    } else if (bytes.length > 5 && bytes[0] == 'd') {
      fillLine(bytes);
    }
    return bytes;
  }

  private static void fillValues(ByteBuffer row) {
    while (row.remaining() > 4) {
      int length = Math.clamp(row.getInt(), 0, row.remaining());
      Arrays.fill(row.array(), row.position(), row.position() + length, FuzzedGateway.SECRET);
      row.position(row.position() + length);
    }
  }

  private static void fillLine(byte[] bytes) {
    for (int i = 5; i < bytes.length; i++) {
      if (bytes[i] != '\t' && bytes[i] != ',' && bytes[i] != '\n') {
        bytes[i] = FuzzedGateway.SECRET;
      }
    }
  }
}
