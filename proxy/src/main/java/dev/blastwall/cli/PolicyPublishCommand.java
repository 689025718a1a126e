package dev.blastwall.cli;

import dev.blastwall.publishing.Destination;
import dev.blastwall.publishing.Login;
import dev.blastwall.publishing.Publisher;
import dev.blastwall.publishing.PublishingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a bundle. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a bundle where gateways fetch it. Secrets come from the environment:",
      "",
      "  s3://BUCKET/OBJECT              AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, …; AWS_REGION;",
      "                                  AWS_ENDPOINT_URL for another store than AWS's",
      "  https://HOST/PATH               PUT; POLICY_PUBLISH_TOKEN, a bearer token",
      "  oci://REGISTRY/REPOSITORY:TAG   POLICY_PUBLISH_USER, POLICY_PUBLISH_TOKEN",
      ""
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyPublishCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "As `policy sign` leaves it.")
  private Path bundle;

  @Parameters(index = "1", paramLabel = "URL", description = "Where to.")
  private String url;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = System.getenv();
    try {
      Destination to = Destination.of(url, environment);
      Publisher.publish(Files.readAllBytes(bundle), to, Login.of(environment));
      PrintWriter out = spec.commandLine().getOut();
      out.println("Published " + bundle + " to " + to + ".");
      out.flush();
      return 0;
    } catch (PublishingException e) {
      throw new CommandFailure(1, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(1, "Cannot read the bundle or reach its destination: " + e);
    }
  }
}
