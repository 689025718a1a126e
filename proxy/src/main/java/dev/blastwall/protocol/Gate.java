package dev.blastwall.protocol;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Lets clients in. Implemented by enforcement; one for all protocols. */
public interface Gate {

  /**
   * Decides about a client that presents a credential.
   *
   * @param signIn what it presents and what it wants
   * @param loop the event loop that owns the client's connection; every later answer comes on it
   * @param then gets the answer, on {@code loop}, perhaps before this method returns
   */
  void admit(SignIn signIn, Executor loop, Consumer<Admission> then);
}
