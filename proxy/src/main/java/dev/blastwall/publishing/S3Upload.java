package dev.blastwall.publishing;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;

/** PutObject. */
final class S3Upload {

  private S3Upload() {}

  static void put(byte[] bundle, Destination.S3 to) throws PublishingException {
    try (MinioClient client = client(to)) {
      client.putObject(
          PutObjectArgs.builder()
              .bucket(to.bucket())
              .object(to.object())
              .contentType(HttpUpload.ARCHIVE)
              .stream(new ByteArrayInputStream(bundle), (long) bundle.length, -1L)
              .build());
    } catch (ErrorResponseException e) {
      throw new PublishingException(
          to
              + " is not published: "
              + e.errorResponse().code()
              + "; correct the bucket, AWS_REGION or the credentials",
          e);
    } catch (MinioException e) {
      throw new PublishingException(
          to + " is not published: " + e.getMessage() + "; is " + to.endpoint() + " up?", e);
    } catch (Exception e) {
      // close() says that it may throw anything.
      throw new PublishingException(to + " is not published: " + e.getMessage(), e);
    }
  }

  private static MinioClient client(Destination.S3 to) {
    return MinioClient.builder()
        .endpoint(to.endpoint().toString())
        .region(to.region())
        .credentialsProvider(
            new ChainedProvider(
                new AwsEnvironmentProvider(),
                new AwsConfigProvider(null, null),
                new IamAwsProvider(null, null)))
        .build();
  }
}
