package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pgbench, pg_dump and pg_restore, for which a policy has to allow what they need. */
class DatabaseToolsIT {

  /** What a dump has to carry besides the shop: a bit of everything. */
  private static final String MORE =
      """
      create schema more;
      create type more.mood as enum ('calm', 'hasty');
      create table more.things (
        id bigint generated always as identity, name text not null check (name <> ''),
        how more.mood default 'calm', part numeric[] , raw bytea, document jsonb, at timestamptz);
      insert into more.things (name, how, part, raw, document, at)
        select E'thing\\t' || n, case when n % 2 = 0 then 'calm' else 'hasty' end::more.mood, array[n / 3.0, null],
          decode(md5(n::text), 'hex'), jsonb_build_object('n', n, 'ü', null), timestamptz '2026-01-01' + n * interval '1 h'
        from generate_series(1, 2000) as n;
      create index on more.things (name);
      create view more.calm as select id, name from more.things where how = 'calm';
      create materialized view more.counted as select how, count(*) from more.things group by how;
      create sequence more.numbers start 42 increment 7;
      select nextval('more.numbers');
      create function more.twice(n int) returns int language sql immutable as 'select 2 * n';
      comment on table more.things is 'Things, of any kind';
      select lo_from_bytea(4242, decode(repeat('00ff42', 30000), 'hex'));
      """;

  @TempDir private static Path folder;

  private static OpenGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = new OpenGateway(folder);
    try (var direct = gateway.demo().direct();
        var statement = direct.createStatement()) {
      statement.execute(MORE);
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String run(Map<String, String> environment, String... command) throws Exception {
    Program program = Program.run(folder, environment, "", List.of(command));
    assertThat(program.exitCode()).as("%s: %s", List.of(command), program.output()).isZero();
    return program.output();
  }

  /** Of version 18, as the server is: a dump is not made by an older one. */
  private static String[] tool(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(ClientContract.installed("./psql18", name)));
    command.addAll(Arrays.asList(arguments));
    return command.toArray(String[]::new);
  }

  /** A dump in the form of a script, without the key of \restrict, which is new each time. */
  private static String dump(Map<String, String> environment, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(tool("pg_dump", "--large-objects", "--no-owner")));
    command.addAll(Arrays.asList(more));
    return run(environment, command.toArray(String[]::new))
        .lines()
        .filter(line -> !line.matches("\\\\(un)?restrict .*"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aDumpIsTheSameAsOneTakenDirectly() throws Exception {
    ClientMatrix.shared().missed("pg_dump 18", "dump");
    String direct = dump(gateway.direct());

    assertThat(dump(gateway.through())).isEqualTo(direct);
    assertThat(dump(gateway.through(), "--inserts", "--rows-per-insert=100"))
        .isEqualTo(dump(gateway.direct(), "--inserts", "--rows-per-insert=100"));
    assertThat(direct)
        .contains("COPY more.things", "lowrite(0, '\\x00ff42", "setval('more.numbers'");
    ClientMatrix.shared().passed("pg_dump 18", "dump");
  }

  @Test
  void aDumpIsRestored() throws Exception {
    ClientMatrix.shared().missed("pg_restore 18", "restore");
    String before = dump(gateway.direct());
    Path archive = folder.resolve("shop.dump");
    run(
        gateway.through(),
        tool("pg_dump", "--format=custom", "--large-objects", "--file=" + archive));
    assertThat(Files.size(archive)).isPositive();

    run(
        gateway.through(),
        tool(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--dbname=" + gateway.through().get("PGDATABASE"),
            archive.toString()));

    assertThat(dump(gateway.direct())).isEqualTo(before);
    ClientMatrix.shared().passed("pg_restore 18", "restore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "prepared"})
  void pgbenchRuns(String mode) throws Exception {
    ClientMatrix.shared().missed("pgbench 15", mode);
    run(gateway.through(), "pgbench", "--initialize", "--init-steps=dtGvp", "--scale=1", "--quiet");

    String said =
        run(
            gateway.through(),
            "pgbench",
            "--protocol=" + mode,
            "--client=4",
            "--transactions=25",
            "--no-vacuum");

    assertThat(said)
        .contains("number of transactions actually processed: 100/100")
        .contains("number of failed transactions: 0 ");
    run(gateway.through(), "pgbench", "--initialize", "--init-steps=d");
    ClientMatrix.shared().passed("pgbench 15", mode);
  }

  @Test
  void pgbenchRunsPipelines() throws Exception {
    ClientMatrix.shared().missed("pgbench 15", "pipeline");
    Path script = folder.resolve("pipeline.sql");
    Files.writeString(
        script,
        """
        \\startpipeline
        select count(*) from orders where id < :client_id + 10;
        select 1;
        \\endpipeline
        """);

    String said =
        run(
            gateway.through(),
            "pgbench",
            "--protocol=prepared",
            "--client=4",
            "--transactions=25",
            "--no-vacuum",
            "--file=" + script);

    assertThat(said).contains("number of transactions actually processed: 100/100");
    ClientMatrix.shared().passed("pgbench 15", "pipeline");
  }
}
