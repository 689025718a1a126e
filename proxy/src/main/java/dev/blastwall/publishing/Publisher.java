package dev.blastwall.publishing;

import java.io.IOException;

/** Puts a bundle to its destination; whoever reads there has the old one or the new one, whole. */
public final class Publisher {

  private Publisher() {}

  /**
   * Publishes.
   *
   * @param bundle an archive
   * @param login for {@link Destination.Http} and {@link Destination.Oci}; a store's is in AWS's
   *     environment variables, configuration files or the machine's role
   * @throws PublishingException when the other side does not take it
   * @throws IOException when the other side is not reached
   */
  public static void publish(byte[] bundle, Destination to, Login login)
      throws PublishingException, IOException, InterruptedException {
    switch (to) {
      case Destination.S3 s3 -> S3Upload.put(bundle, s3);
      case Destination.Http http -> {
        try (HttpUpload upload = new HttpUpload()) {
          upload.put(bundle, http, login);
        }
      }
      case Destination.Oci oci -> {
        try (HttpUpload upload = new HttpUpload()) {
          new OciPush(oci, new OciLogin(oci, login, upload), upload).push(bundle);
        }
      }
    }
  }
}
