package dev.blastwall.protocol.postgresql;

import com.ongres.scram.common.util.TlsServerEndpoint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What protects the sign-in to an upstream.
 *
 * @param tls whether it is encrypted and the upstream's certificate was checked
 * @param endPoint the hash of that certificate (RFC 5929, section 4.1), empty where there is none:
 *     without TLS, and for signatures such as Ed25519 that name no hash
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record UpstreamChannel(boolean tls, byte[] endPoint) {

  /** The binding that PostgreSQL offers (manual, "SASL Authentication"). */
  static final String BINDING = TlsServerEndpoint.TLS_SERVER_END_POINT;

  static final UpstreamChannel CLEAR = new UpstreamChannel(false, new byte[0]);

  static UpstreamChannel of(SSLSession session) {
    try {
      X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
      return new UpstreamChannel(true, TlsServerEndpoint.getChannelBindingData(certificate));
    } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
      throw new IllegalStateException("a handshake that succeeded has a certificate", e);
    }
  }

  boolean hasEndPoint() {
    return endPoint.length > 0;
  }

  @Override
  public String toString() {
    return "UpstreamChannel[tls=" + tls + ", bound=" + hasEndPoint() + "]";
  }
}
