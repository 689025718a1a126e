package dev.blastwall.opa;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.blastwall.opa",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.blastwall.opa.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theVocabularyKnowsNoEngine =
      noClasses()
          .that()
          .resideInAPackage("dev.blastwall.opa")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.blastwall.opa.*..");

  @ArchTest
  static final ArchRule nothingKnowsNetty =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("io.netty..");

  @ArchTest
  static final ArchRule builtinsKnowNoPlan =
      noClasses()
          .that()
          .resideInAPackage("..builtin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..plan..", "..embedded..");
}
