package dev.blastwall.opa.bundle;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GetObject, with the ETag of the object that is active. */
final class S3Fetcher implements Fetcher {
  private static final int NOT_MODIFIED = 304;

  private final BundleSource.S3 source;
  private final BundleLimits limits;

  S3Fetcher(BundleSource.S3 source, BundleLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  @Override
  public Fetched fetch(@Nullable String etag, Optional<Duration> wait) throws IOException {
    GetObjectArgs.Builder object =
        GetObjectArgs.builder().bucket(source.bucket()).object(source.key());
    if (etag != null) {
      object.notMatchETag(etag);
    }
    try (MinioClient client = client();
        GetObjectResponse response = client.getObject(object.build())) {
      return new Fetched.Archive(
          new LimitedStream(response, limits.bytes()).readAllBytes(),
          response.headers().get("ETag"),
          false);
    } catch (ErrorResponseException e) {
      if (e.response().code() == NOT_MODIFIED) {
        return new Fetched.Unchanged();
      }
      throw new FetchException(
          source
              + " cannot be had: "
              + e.errorResponse().code()
              + "; correct the bucket, the object or the credentials",
          e.response().code());
    } catch (MinioException e) {
      throw new FetchException(
          source + " cannot be had: " + e.getMessage() + "; is " + source.endpoint() + " up?", e);
    } catch (Exception e) {
      throw new FetchException(source + " cannot be had: " + e.getMessage(), e);
    }
  }

  /** A new one each time, for the secret may have changed. */
  private MinioClient client() throws IOException {
    return MinioClient.builder()
        .endpoint(source.endpoint().toString())
        .region(source.region())
        .credentialsProvider(credentials())
        .build();
  }

  private Provider credentials() throws IOException {
    if (source.credentials().isPresent()) {
      BundleSource.S3Credentials own = source.credentials().get();
      return new StaticProvider(own.accessKey(), own.secretKey().read(), null);
    }
    return new ChainedProvider(
        new AwsEnvironmentProvider(),
        new AwsConfigProvider(null, null),
        new IamAwsProvider(null, null));
  }
}
