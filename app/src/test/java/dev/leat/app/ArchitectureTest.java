package dev.leat.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which: the arrows that the module table in ARCHITECTURE.md draws. */
@AnalyzeClasses(packages = "dev.leat", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] PLUGINS = {
    "dev.leat.postgres..",
    "dev.leat.duckdb..",
    "dev.leat.sqlite..",
    "dev.leat.ssm..",
    "dev.leat.s3.."
  };

  @ArchTest
  static final ArchRule modulesFormNoCycle =
      slices().matching("dev.leat.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfAPluginFormNoCycle =
      slices()
          .matching("dev.leat.[postgres|duckdb|sqlite|ssm|s3].(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pluginsKnowTheSpiOnly =
      noClasses()
          .that()
          .resideInAnyPackage(PLUGINS)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.leat..")
                  .and(resideOutsideOfPackage("dev.leat.spi.."))
                  .and(resideOutsideOfPackages(PLUGINS)))
          .because("a plugin is written against the contracts alone, as other people's are");

  @ArchTest
  static final ArchRule pluginsDoNotKnowEachOther =
      slices()
          .matching("dev.leat.(postgres|duckdb|sqlite|ssm|s3)..")
          .should()
          .notDependOnEachOther()
          .because("each can be left out, and another one can take its place");

  @ArchTest
  static final ArchRule onlyTheAppKnowsPlugins =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.leat.postgres..",
              "dev.leat.duckdb..",
              "dev.leat.sqlite..",
              "dev.leat.ssm..",
              "dev.leat.s3..",
              "dev.leat.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLUGINS)
          .because("plugins are found by ServiceLoader; only the app puts them on the class path");

  @ArchTest
  static final ArchRule theSpiKnowsOnlyTheJdkAndTheColumnarFormat =
      classes()
          .that()
          .resideInAPackage("dev.leat.spi..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "dev.leat.spi..", "java..", "org.jspecify..", "org.apache.arrow.."))
          .because("whatever the contracts use, every plugin must live with");

  @ArchTest
  static final ArchRule theRuntimeKnowsNoConfigurationFormat =
      noClasses()
          .that()
          .resideInAPackage("dev.leat.replication..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.leat.config..",
              "dev.leat.library..",
              "dev.leat.app..",
              "org.tomlj..",
              "picocli..")
          .because("it is given settings, whatever file they were read from");

  @ArchTest
  static final ArchRule portableSqlKnowsTheSpiOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.leat.sql..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.leat..")
                  .and(resideOutsideOfPackages("dev.leat.sql..", "dev.leat.spi..")))
          .because("a dialect is all that it needs of an engine");

  @ArchTest
  static final ArchRule flowsKnowNoEngineAndNoFile =
      noClasses()
          .that()
          .resideInAPackage("dev.leat.flow..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.leat..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.leat.flow..", "dev.leat.sql..", "dev.leat.spi..")))
          .because("an instruction is handed over whole, whatever carries it out");

  @ArchTest
  static final ArchRule generatorsKnowFlowsOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.leat.generate..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.leat..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.leat.generate..",
                          "dev.leat.flow..",
                          "dev.leat.sql..",
                          "dev.leat.spi..")))
          .because("code comes of what a flow says, whoever read it and whatever carries it out");

  @ArchTest
  static final ArchRule theLibraryKnowsNoCommandLine =
      noClasses()
          .that()
          .resideInAPackage("dev.leat.library..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.leat.config..", "dev.leat.app..", "org.tomlj..", "picocli..")
          .because("a program that replicates has neither files nor a terminal");
}
