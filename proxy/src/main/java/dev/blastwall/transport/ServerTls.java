package dev.blastwall.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The gateway's own certificate and key.
 *
 * @param certificate a PEM file with the chain, the gateway's own certificate first
 * @param key a PEM file with the unencrypted PKCS#8 key
 */
public record ServerTls(Path certificate, Path key) {

  private static final String CERTIFICATE_FILE = "gateway.crt";
  private static final String KEY_FILE = "gateway.key";
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private static final char[] NO_PASSWORD = {};

  /** Clients show no certificate. */
  private static final TrustManager[] NOBODY = {};

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
   * @throws IOException when the files cannot be read or are not what they should be
   */
  public SslContext context(String applicationProtocol) throws IOException {
    return context(applicationProtocol, NOBODY, ClientAuth.NONE);
  }

  /**
   * A context for accepting clients that may show a certificate. One that an authority of {@code
   * clients} did not make, or that is not valid now, ends the handshake; one that is not there does
   * not, so that the client can be told in its own protocol.
   *
   * @param applicationProtocol the protocol's ALPN name (RFC 7301); a client may offer none
   * @param clients a PEM file of those who make clients' certificates
   * @throws IOException when a file cannot be read or is not what it should be
   */
  public SslContext context(String applicationProtocol, Path clients) throws IOException {
    try {
      return context(applicationProtocol, trusting(clients), ClientAuth.OPTIONAL);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot use " + clients + " as authorities of clients: " + e, e);
    }
  }

  private static TrustManager[] trusting(Path authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    int number = 0;
    for (X509Certificate authority : Pem.certificates(authorities)) {
      store.setCertificateEntry("authority " + number++, authority);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust.getTrustManagers();
  }

  private SslContext context(String applicationProtocol, TrustManager[] clients, ClientAuth asked)
      throws IOException {
    try {
      // Not by Netty's builder: it brings up all of Bouncy Castle to probe what we do not use.
      return new JdkSslContext(
          withKey(clients),
          false,
          null,
          IdentityCipherSuiteFilter.INSTANCE,
          negotiation(applicationProtocol),
          asked,
          VERSIONS,
          false);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("Cannot use " + certificate + " with " + key + ": " + e, e);
    }
  }

  private SSLContext withKey(TrustManager[] clients) throws IOException, GeneralSecurityException {
    X509Certificate[] chain = Pem.certificates(certificate);
    PrivateKey privateKey = Pem.privateKey(key, chain[0].getPublicKey());
    // It never leaves this process, so its poor encryption, which PKCS #12 makes costly, is no
    // loss.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setKeyEntry("gateway", privateKey, NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), clients, null);
    return context;
  }

  private static ApplicationProtocolConfig negotiation(String applicationProtocol) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        applicationProtocol);
  }
}
