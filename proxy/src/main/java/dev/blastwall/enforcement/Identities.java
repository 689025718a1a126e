package dev.blastwall.enforcement;

import dev.blastwall.identity.Verification;
import dev.blastwall.protocol.Credential;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Finds out who presents a credential; never blocks the caller. */
@FunctionalInterface
public interface Identities {

  /**
   * Verifies {@code credential}.
   *
   * @param then gets the answer, on {@code loop}
   */
  void verify(Credential credential, Executor loop, Consumer<Verification> then);
}
