package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://store.example/b.tar.gz?X-Amz-Signature=secret#x, https://store.example/b.tar.gz",
    "https://reader:secret@store.example:8443/b%20c, https://store.example:8443/b%20c",
    "http://[::1]:1/, http://[::1]:1/",
  })
  void whatLetsOneInIsNotShown(String url, String shown) {
    assertThat(ShownUrl.of(URI.create(url))).isEqualTo(shown);
    assertThat(new BundleSource.Http(URI.create(url), Optional.empty(), Optional.empty()))
        .hasToString(shown);
  }
}
