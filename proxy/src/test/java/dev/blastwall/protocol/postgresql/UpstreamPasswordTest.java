package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream may ask for (manual, "Message Formats", Authentication…). */
class UpstreamPasswordTest {

  private static final int CLEARTEXT = 3;
  private static final int MD5 = 5;
  private static final int SASL = 10;

  private final List<String> sent = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {CLEARTEXT, MD5})
  void withoutTlsNoPasswordIsSentFromWhichItCouldBeFound(int method) {
    answer(method, false);

    assertThat(sent).isEmpty();
    assertThat(failed).singleElement().asString().contains("without TLS");
  }

  @Test
  void anUpstreamThatProvedItselfMayAskForThePassword() {
    answer(CLEARTEXT, true);

    assertThat(sent).singleElement().asString().contains("sesame");
  }

  @Test
  void anUpstreamThatProvedItselfMayAskForMd5() {
    answer(MD5, true);

    // md5(md5("sesame" || "gateway") || 01 02 03 04), by the md5sum program.
    assertThat(sent).singleElement().asString().contains("md5f6b837af7996c098d88aee62127962ce");
  }

  @ParameterizedTest
  @CsvSource({
    "SCRAM-SHA-256-PLUS SCRAM-SHA-256,true,SCRAM-SHA-256-PLUS,'p=tls-server-end-point,,'",
    // The server could be made to believe that the gateway cannot: it says that it can.
    "SCRAM-SHA-256,true,SCRAM-SHA-256,'y,,'",
    // Ed25519 names no hash to bind to.
    "SCRAM-SHA-256-PLUS SCRAM-SHA-256,false,SCRAM-SHA-256,'n,,'"
  })
  void scramIsBoundToTheUpstreamsCertificateWhereverThatCanBe(
      String offered, boolean hasEndPoint, String mechanism, String flag) {
    ByteBuf request = Unpooled.buffer().writeInt(SASL);
    request.writeCharSequence(offered.replace(' ', '\0') + "\0\0", StandardCharsets.UTF_8);

    answer(request, new UpstreamChannel(true, new byte[hasEndPoint ? 32 : 0]));

    assertThat(failed).isEmpty();
    assertThat(sent).singleElement().asString().contains(mechanism + "\0").contains(flag);
  }

  private void answer(int method, boolean tls) {
    answer(
        Unpooled.buffer().writeInt(method).writeBytes(new byte[] {1, 2, 3, 4}),
        new UpstreamChannel(tls, new byte[0]));
  }

  private void answer(ByteBuf request, UpstreamChannel channel) {
    Upstream upstream =
        new Upstream(
            "localhost", 1, "gateway", new Secret("sesame"), "db", Upstream.Tls.DISABLE, null);
    new UpstreamPassword(upstream, new PostgresqlEncoder(ByteBufAllocator.DEFAULT), channel)
        .answer(new Body(request), Runnable::run, this::send, failed::add);
    request.release();
  }

  private void send(ByteBuf message) {
    sent.add(message.toString(StandardCharsets.UTF_8));
    message.release();
  }
}
