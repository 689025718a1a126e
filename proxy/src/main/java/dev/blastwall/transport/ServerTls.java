package dev.blastwall.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * The gateway's own certificate and key.
 *
 * @param certificate a PEM file with the chain, the gateway's own certificate first
 * @param key a PEM file with the unencrypted PKCS#8 key
 */
public record ServerTls(Path certificate, Path key) {

  private static final String CERTIFICATE_FILE = "gateway.crt";
  private static final String KEY_FILE = "gateway.key";

  /**
   * The certificate in {@code folder}; a self-signed one is made there when there is none yet.
   *
   * @param folder the gateway's data folder
   * @param host the name or address that clients use; localhost is always in the certificate
   * @throws IOException when the folder cannot be written
   */
  public static ServerTls selfSigned(Path folder, String host) throws IOException {
    ServerTls tls = new ServerTls(folder.resolve(CERTIFICATE_FILE), folder.resolve(KEY_FILE));
    if (!Files.exists(tls.certificate) || !Files.exists(tls.key)) {
      SelfSignedCertificate.of(host).write(tls.certificate, tls.key);
    }
    return tls;
  }

  /**
   * A context for accepting clients.
   *
   * @param applicationProtocol the protocol's ALPN name (RFC 7301); a client may offer none
   * @throws IOException when the files cannot be read or do not fit each other
   */
  public SslContext context(String applicationProtocol) throws IOException {
    try {
      return builder(applicationProtocol).build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new IOException("Cannot use " + certificate + " with " + key + ": " + e, e);
    }
  }

  private SslContextBuilder builder(String applicationProtocol) {
    return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                applicationProtocol));
  }
}
