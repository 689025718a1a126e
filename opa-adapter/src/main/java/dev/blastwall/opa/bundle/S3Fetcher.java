package dev.blastwall.opa.bundle;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.Credentials;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GetObject, once HeadObject gives another ETag than that of the object that is active. */
final class S3Fetcher implements Fetcher {
  private final BundleSource.S3 source;
  private final BundleLimits limits;
  private final MinioClient client;

  S3Fetcher(BundleSource.S3 source, BundleLimits limits) {
    this.source = source;
    this.limits = limits;
    this.client =
        MinioClient.builder()
            .endpoint(source.endpoint().toString())
            .region(source.region())
            .credentialsProvider(credentials(source))
            .build();
  }

  @Override
  public Fetched fetch(@Nullable String etag, Optional<Duration> wait) throws IOException {
    try {
      return etag != null && etag.equals(find()) ? new Fetched.Unchanged() : get();
    } catch (ErrorResponseException e) {
      throw new FetchException(
          source
              + " cannot be had: "
              + e.errorResponse().code()
              + "; correct the bucket, the object or the credentials",
          e.response().code());
    } catch (MinioException e) {
      throw new FetchException(
          source + " cannot be had: " + e.getMessage() + "; is " + source.endpoint() + " up?", e);
    } catch (IOException | UncheckedIOException e) {
      throw new FetchException(source + " cannot be had: " + e.getMessage(), e);
    }
  }

  /**
   * The ETag; this client takes the answer "not modified" to a conditional request for an error.
   */
  private @Nullable String find() throws MinioException {
    return client
        .statObject(StatObjectArgs.builder().bucket(source.bucket()).object(source.key()).build())
        .headers()
        .get("ETag");
  }

  private Fetched get() throws MinioException, IOException {
    GetObjectArgs object =
        GetObjectArgs.builder().bucket(source.bucket()).object(source.key()).build();
    try (GetObjectResponse response = client.getObject(object)) {
      return new Fetched.Archive(
          new LimitedStream(response, limits.bytes()).readAllBytes(),
          response.headers().get("ETag"),
          false);
    }
  }

  private static Provider credentials(BundleSource.S3 source) {
    if (source.credentials().isPresent()) {
      BundleSource.S3Credentials own = source.credentials().get();
      // Read anew for each request, for the secret may change.
      return () -> new Credentials(own.accessKey(), read(own.secretKey()), null, null);
    }
    return new ChainedProvider(
        new AwsEnvironmentProvider(),
        new AwsConfigProvider(null, null),
        new IamAwsProvider(null, null));
  }

  private static String read(SecretRef secret) {
    try {
      return secret.read();
    } catch (IOException e) {
      throw new UncheckedIOException("the secret key cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the client of " + source + " does not close", e);
    }
  }
}
