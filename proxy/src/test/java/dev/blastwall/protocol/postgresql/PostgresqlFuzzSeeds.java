package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.FuzzScript.action;
import static dev.blastwall.protocol.postgresql.FuzzScript.seed;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.bindBinary;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.flush;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the fuzzers of this package begin with: conversations as clients and servers have them. */
public final class PostgresqlFuzzSeeds {

  private PostgresqlFuzzSeeds() {}

  /** Writes the seeds of both fuzzers into folders of their names. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0], "postgresql-client"), client());
    write(Path.of(arguments[0], "postgresql-server"), server());
  }

  private static void write(Path folder, List<byte[]> seeds) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }

  /** For {@link ClientFuzzer}. */
  static List<byte[]> client() {
    List<byte[]> seeds = new ArrayList<>();
    for (int rules : new int[] {0, 1, 2, 3, 5, 8, 9, 17, 19}) {
      seeds.add(seed(rules, query("select 1"), query("select id, email from customers")));
      seeds.add(
          seed(
              rules,
              parse("s", "select email from customers where id = $1"),
              describe('S', "s"),
              bind("", "s", "1"),
              describe('P', ""),
              execute("", 0),
              action(ClientFuzzer.ANSWER),
              sync(),
              action(ClientFuzzer.ANSWER),
              bindBinary("p", "s", new byte[] {0, 0, 0, 1}),
              execute("p", 1),
              execute("p", 1),
              message('C', "Sp\0"),
              flush(),
              sync(),
              action(ClientFuzzer.ANSWER)));
      seeds.add(
          seed(
              rules,
              query("begin"),
              query("select forbidden"),
              parse("", "select forbidden"),
              sync(),
              query("rollback"),
              query("select 'approval'"),
              action(ClientFuzzer.CANCEL),
              query("select 'approval'"),
              action(ClientFuzzer.ANSWER)));
      seeds.add(
          seed(
              rules,
              query("copy customers from stdin"),
              message('d', "1\tAda\tx\n"),
              sync(),
              message('c'),
              query("copy (select email from customers) to stdout"),
              parse("", "copy numbers from stdin"),
              bind("", ""),
              execute("", 0),
              message('d', "1\n"),
              message('f', "enough\0"),
              sync()));
      seeds.add(
          seed(
              rules,
              action(ClientFuzzer.PAUSE),
              query("select fail"),
              parse("", "select 1"),
              bind("", ""),
              execute("", 0),
              query("set standard_conforming_strings = off"),
              query("select 'a\\'"),
              sync(),
              action(ClientFuzzer.CANCEL),
              action(ClientFuzzer.TIME),
              action(ClientFuzzer.PAUSE),
              message('F', "\0\0\6\60\0\0\0\1\0\0\0\1x\0\0"),
              action(ClientFuzzer.NOTICE),
              message('X')));
    }
    seeds.add(
        seed(
            ClientFuzzer.UNSIGNED,
            raw(RawClient.startup(3 << 16, "user", "mallory", "database", "shop")),
            message('p', "open sesame\0"),
            query("select 1")));
    seeds.add(seed(ClientFuzzer.UNSIGNED, raw(RawClient.request(80877103))));
    seeds.add(
        seed(
            ClientFuzzer.UNSIGNED,
            raw(RawClient.request(80877104)),
            raw(RawClient.startup((3 << 16) + 2, "user", "m", "replication", "true"))));
    return seeds;
  }

  /** Bytes as they are, in the form of a message that {@link FuzzScript} takes for that. */
  private static byte[] raw(byte[] bytes) {
    return message((char) FuzzScript.RAW, bytes);
  }

  /** For {@link ServerFuzzer}. */
  static List<byte[]> server() {
    byte[] columns =
        message(
            'T',
            "\0\2id\0\0\0\0\0\0\0\0\0\0\27\0\4\0\0\0\0\0\0email\0\0\0\0\0\0\0\0\0\0\31\0\0\0\0\0\0\0\0");
    byte[] row = message('D', "\0\2\0\0\0\0011\0\0\0\17ada@example.org");
    byte[] done = message('C', "SELECT 2\0");
    byte[] ready = message('Z', "I");
    byte[] failed =
        message('E', "SERROR\0VERROR\0C22P02\0Minvalid input syntax: \"ada@example.org\"\0\0");
    List<byte[]> seeds = new ArrayList<>();
    for (int rules : new int[] {0, 1, 3, 5, 9, 11, 17}) {
      seeds.add(seed(rules, action(1), columns, row, row, done, ready, action(0), failed, ready));
      seeds.add(
          seed(
              rules,
              action(9),
              message('1'),
              message('2'),
              columns,
              row,
              done,
              ready,
              action(10),
              message('1'),
              message('t', "\0\0"),
              columns,
              action(11),
              message('2'),
              columns,
              row,
              message('s'),
              row,
              done,
              action(12),
              ready));
      seeds.add(
          seed(
              rules,
              action(4),
              message('H', "\0\0\2\0\0\0\0"),
              message('d', "1\tada@example.org\n"),
              message('d', "2\tbob@example.org\n"),
              message('c'),
              message('C', "COPY 2\0"),
              ready,
              action(6),
              message('G', "\0\0\1\0\0"),
              action(7),
              action(8),
              message('C', "COPY 1\0"),
              ready));
      seeds.add(
          seed(
              rules,
              action(3),
              message('C', "BEGIN\0"),
              message('Z', "T"),
              action(13),
              message('1'),
              message('2'),
              message('n'),
              message('C', "INSERT 0 1\0"),
              message('Z', "T"),
              action(18),
              message('S', "standard_conforming_strings\0off\0"),
              message('C', "SET\0"),
              message('N', "SNOTICE\0VNOTICE\0C00000\0Mhello\0\0"),
              message('A', "\0\0\0\1leaks\0payload\0"),
              message('Z', "E"),
              action(17),
              message('V', "\0\0\0\1x"),
              ready));
    }
    seeds.add(
        seed(
            ServerFuzzer.UNSIGNED,
            message('R', "\0\0\0\12SCRAM-SHA-256\0\0"),
            message('R', "\0\0\0\13r=a,s=QQ==,i=4096"),
            message('R', "\0\0\0\14v=QQ=="),
            message('R', "\0\0\0\0"),
            message('S', "in_hot_standby\0off\0"),
            message('K', "\0\0\0\1\0\0\0\2"),
            ready));
    return seeds;
  }
}
