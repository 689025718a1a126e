package dev.blastwall.opa.builtin;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Finds the chain from a certificate to a trusted one (RFC 5280, section 6): the JDK validates each
 * that is possible, and what Go's {@code crypto/x509} demands beyond that is checked here.
 */
final class X509Path {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  /** As in Go, against certificates that are made to have many chains. */
  private static final int MAX_CANDIDATES = 100;

  private final X509Link root;
  private final List<X509Link> intermediates;
  private final X509Demands demands;
  private int candidates;

  private X509Path(X509Link root, List<X509Link> intermediates, X509Demands demands) {
    this.root = root;
    this.intermediates = intermediates;
    this.demands = demands;
  }

  /**
   * The chain from the last certificate to the first, both included; empty if there is none.
   *
   * @param links at least two
   */
  static List<X509Link> find(List<X509Link> links, X509Demands demands) {
    X509Link leaf = links.getLast();
    X509Path path = new X509Path(links.getFirst(), links.subList(1, links.size() - 1), demands);
    if (!leaf.isValidAt(demands.time()) || !demands.allowName(leaf.certificate())) {
      return List.of();
    }
    if (leaf.certificate().equals(path.root.certificate())) {
      boolean isKnown = !leaf.certificate().hasUnsupportedCriticalExtension();
      return isKnown && demands.allowUsage(List.of(leaf)) ? List.of(leaf) : List.of();
    }
    return path.extend(List.of(leaf));
  }

  /** The first valid chain that begins so; empty if there is none. */
  private List<X509Link> extend(List<X509Link> chain) {
    X509Link last = chain.getLast();
    List<X509Link> complete = with(chain, root);
    if (last.issuer().equals(root.subject()) && isCandidate() && isValid(complete)) {
      return complete;
    }
    for (X509Link next : intermediates) {
      if (last.issuer().equals(next.subject()) && !chain.contains(next) && isCandidate()) {
        List<X509Link> found = extend(with(chain, next));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private boolean isCandidate() {
    return ++candidates <= MAX_CANDIDATES;
  }

  private static List<X509Link> with(List<X509Link> chain, X509Link next) {
    List<X509Link> longer = new ArrayList<>(chain);
    longer.add(next);
    return longer;
  }

  private boolean isValid(List<X509Link> chain) {
    return root.isValidAt(demands.time())
        && root.maySign()
        && !root.certificate().hasUnsupportedCriticalExtension()
        && chain.subList(0, chain.size() - 1).stream().allMatch(X509Link::isSignedStrongly)
        && isShortEnough(chain)
        && demands.allowUsage(chain)
        && isValidToJdk(chain.subList(0, chain.size() - 1));
  }

  /** Unlike in RFC 5280, certificates that a subject issued to itself count too. */
  private static boolean isShortEnough(List<X509Link> chain) {
    for (int i = 1; i < chain.size(); i++) {
      if (!chain.get(i).allowsBelow(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean isValidToJdk(List<X509Link> below) {
    List<X509Certificate> path =
        new ArrayList<>(below.stream().map(X509Link::certificate).toList());
    if (root.certificate().getExtensionValue(NAME_CONSTRAINTS) != null) {
      // The JDK knows no constraints of an anchor; if the root stands under itself, it does.
      path.add(root.certificate());
    }
    try {
      PKIXParameters parameters =
          new PKIXParameters(
              Set.of(new TrustAnchor(root.subject(), root.certificate().getPublicKey(), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(demands.time()));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
