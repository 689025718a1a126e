package dev.blastwall.enforcement;

import dev.blastwall.identity.Verification;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Finds out who presents a token; never blocks the caller. */
@FunctionalInterface
public interface Identities {

  /**
   * Verifies {@code token}.
   *
   * @param then gets the answer, on {@code loop}
   */
  void verify(String token, Executor loop, Consumer<Verification> then);
}
