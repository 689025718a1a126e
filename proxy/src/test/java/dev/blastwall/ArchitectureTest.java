package dev.blastwall;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layer list of the architecture, line by line, and no package cycles. */
@AnalyzeClasses(
    packages = "dev.blastwall",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("dev.blastwall.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule commandKnowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.blastwall.command..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.jspecify..", "dev.blastwall.command.."));

  @ArchTest static final ArchRule masking = layer("masking", "command");

  @ArchTest static final ArchRule policy = layer("policy", "masking", "command", "opa");

  @ArchTest static final ArchRule approval = layer("approval", "policy", "masking", "command");

  @ArchTest
  static final ArchRule recording =
      layer("recording", "approval", "policy", "masking", "command", "recorder");

  @ArchTest static final ArchRule identity = layer("identity", "command");

  @ArchTest
  static final ArchRule seam =
      noClasses()
          .that()
          .resideInAPackage("dev.blastwall.protocol")
          .should()
          .dependOnClassesThat(blastwallOutside("protocol", "masking", "command"));

  @ArchTest
  static final ArchRule protocols =
      noClasses()
          .that()
          .resideInAPackage("dev.blastwall.protocol.*..")
          .should()
          .dependOnClassesThat(blastwallOutside("protocol", "masking", "command"));

  @ArchTest
  static final ArchRule protocolsDoNotKnowEachOther =
      slices()
          .matching("dev.blastwall.protocol.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              resideInAnyPackage("dev.blastwall.protocol.sql..", "dev.blastwall.protocol.http.."));

  @ArchTest
  static final ArchRule enforcement =
      layer(
          "enforcement",
          "protocol",
          "identity",
          "approval",
          "recording",
          "policy",
          "masking",
          "command");

  @ArchTest
  static final ArchRule telemetry = layer("telemetry", "protocol", "policy", "masking", "command");

  @ArchTest
  static final ArchRule transport =
      layer("transport", "enforcement", "protocol", "config", "telemetry", "command");

  @ArchTest
  static final ArchRule config =
      layer("config", "identity", "protocol", "masking", "command", "opa", "yaml");

  @ArchTest static final ArchRule yaml = layer("yaml");

  @ArchTest static final ArchRule publishing = layer("publishing");

  @ArchTest
  static final ArchRule control =
      layer(
          "api",
          "approval",
          "recording",
          "identity",
          "enforcement",
          "config",
          "policy",
          "masking",
          "command");

  @ArchTest
  static final ArchRule buffersStayWhereBytesAre =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.blastwall.transport..", "dev.blastwall.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty.buffer..");

  private static ArchRule layer(String name, String... mayUse) {
    return noClasses()
        .that()
        .resideInAPackage("dev.blastwall." + name + "..")
        .should()
        .dependOnClassesThat(blastwallOutside(with(name, mayUse)));
  }

  private static String[] with(String name, String... others) {
    String[] all = new String[others.length + 1];
    all[0] = name;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  /** Classes of the gateway outside the given packages. */
  private static DescribedPredicate<JavaClass> blastwallOutside(String... allowed) {
    String[] packages = new String[allowed.length];
    for (int i = 0; i < allowed.length; i++) {
      packages[i] = "dev.blastwall." + allowed[i] + "..";
    }
    return resideInAnyPackage("dev.blastwall..")
        .and(DescribedPredicate.not(resideInAnyPackage(packages)));
  }
}
