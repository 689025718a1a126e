package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.RegoSources;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRulesTest {

  private static RegoSources sources(String module) {
    return new RegoSources(
        Map.of("a.rego", "package a\n\nb := 1\n", "log.rego", module), new ObjectValue(0));
  }

  private static String refusal(String module, String... entrypoints) {
    Throwable refused =
        catchThrowable(() -> LogRules.requireEntrypoints(sources(module), Set.of(entrypoints)));
    assertThat(refused).isInstanceOf(BundleException.class);
    return String.valueOf(refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package system.log\n\nmask contains \"/input/x\"",
        "package system.log\n\nmask contains \"/input/x\" if {\n\tinput.path == \"a\"\n}\n",
        "package system.log\n\nmask[\"/input/x\"] { input.y }",
        "package system.log\n\nmask := {\"/input/x\"}",
        "package system.log\n  default mask := []\n",
        "# a\n\n# b\npackage system[\"log\"] # c\nimport rego.v1\n\tmask contains x if some x in y",
        "package\tsystem.log\r\n\r\nmask contains \"/input/x\"\r\n",
        "package system.log\n\nx := \"}\"\n\ny := `{\n`\n\n# {\nmask contains x",
        "package system\n\nlog.mask contains \"/input/x\"",
      })
  void aMaskThatNobodyCanAskIsRefusedWithWhatToDo(String module) {
    assertThat(refusal(module, "shop/decision", "system/log/drop"))
        .contains("decision log")
        .endsWith("opa build -e system/log/mask");
  }

  @Test
  void bothAreNamed() {
    assertThat(refusal("package system.log\n\nmask contains x\n\ndrop if input.x\n"))
        .endsWith("opa build -e system/log/drop -e system/log/mask");
  }

  @Test
  void onlyWhatIsMissingIsNamed() {
    assertThat(
            refusal(
                "package system.log\n\nmask contains x\n\ndrop if input.x\n", "system/log/mask"))
        .endsWith("opa build -e system/log/drop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package system.logs\n\nmask contains x",
        "package system.log.more\n\nmask contains x",
        "package shop\n\nmask contains x\n\ndrop if input.x",
        "package system\n\nmask contains x",
        "package system.log\n\nhelper if {\n\tmask := 1\n\tmask > 0\n}\n",
        "package system.log\n\n# mask contains x\nmasked := `\nmask\n`\n",
        "package shop\n\n# package system.log\nx := `\npackage system.log\nmask := 1`",
        "",
      })
  void whatIsNoneOfTheseRulesNeedsNoEntrypoint(String module) {
    assertThatCode(() -> LogRules.requireEntrypoints(sources(module), Set.of()))
        .doesNotThrowAnyException();
  }
}
