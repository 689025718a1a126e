package dev.blastwall.opa.sidecar;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts an OPA, says which, and never ends by itself. */
final class StartsOpa {
  private StartsOpa() {}

  public static void main(String[] arguments) throws Exception {
    SidecarListener says =
        new SidecarListener() {
          @Override
          public void started(String revision, long pid) {
            System.out.println(pid);
          }
        };
    new SidecarEngines(Path.of(arguments[0]), SidecarOptions.DEFAULT, "shop/decision", says)
        .engine(SidecarEnginesIT.bundle("r1", "decision := 1", "{}"));
    new CountDownLatch(1).await();
  }
}
