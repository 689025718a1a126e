package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event loop serves many sessions: while it waits for anything, all of them wait. */
class EventLoopsIT {

  @TempDir private Path folder;

  @Test
  void noEventLoopBlocksWhateverClientsDo() throws Exception {
    Program program = watched("serve");

    assertThat(program.output()).endsWith("blocking calls: 0\n");
  }

  @Test
  void aLoopThatBlocksIsFound() throws Exception {
    Program program = watched("block");

    assertThat(program.output())
        .contains(
            "Unsafe.park",
            "FileOutputStream.write",
            "UnixFileDispatcherImpl.pwrite0",
            "UnixFileDispatcherImpl.write0",
            "UnixFileDispatcherImpl.pread0",
            "UnixFileDispatcherImpl.read0",
            "UnixFileDispatcherImpl.force0",
            "Inet6AddressImpl.lookupAllHostAddr");
  }

  private Program watched(String what) throws Exception {
    return Program.run(
        folder,
        Map.of(),
        "",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+AllowRedefinitionToAddDeleteMethods",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            WatchedJvm.class.getName(),
            what,
            folder.toString()));
  }
}
