package dev.cadenza.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cadenza.server");

    /** A layer is accessed by those that are named with it, which are above it. */
    @Test
    void packagesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("command")
                .definedBy("dev.cadenza.server.command")
                .layer("bench")
                .definedBy("dev.cadenza.server.bench")
                .layer("additions")
                .definedBy(
                        "dev.cadenza.server.score",
                        "dev.cadenza.server.sound",
                        "dev.cadenza.server.studio",
                        "dev.cadenza.server.metrics")
                .layer("http")
                .definedBy("dev.cadenza.server.http")
                .layer("answer")
                .definedBy("dev.cadenza.server.http.answer")
                .layer("access")
                .definedBy("dev.cadenza.server.http.access")
                .layer("jetty")
                .definedBy("dev.cadenza.server.http.jetty")
                .layer("catalog")
                .definedBy("dev.cadenza.server.catalog")
                .layer("serving")
                .definedBy("dev.cadenza.server.serving")
                .layer("request")
                .definedBy("dev.cadenza.server.request")
                .layer("problem")
                .definedBy("dev.cadenza.server.problem")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("additions")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("command", "additions")
                .whereLayer("answer")
                .mayOnlyBeAccessedByLayers("additions", "http")
                .whereLayer("access")
                .mayOnlyBeAccessedByLayers("command", "additions", "http", "answer")
                .whereLayer("jetty")
                .mayOnlyBeAccessedByLayers("command", "additions", "http", "answer", "access")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("serving")
                .mayOnlyBeAccessedByLayers("command", "additions", "http", "answer", "access", "catalog")
                .whereLayer("request")
                .mayOnlyBeAccessedByLayers("command", "additions", "http", "answer", "catalog", "serving")
                .check(CLASSES);
    }

    @Test
    void additionsDoNotKnowEachOther() {
        slices().matching("dev.cadenza.server.(score|sound|studio|metrics|bench)")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    /** Each of the additions can be deleted. */
    @Test
    void theCoreStandsAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.cadenza.server.http..",
                        "dev.cadenza.server.request",
                        "dev.cadenza.server.serving",
                        "dev.cadenza.server.catalog",
                        "dev.cadenza.server.problem")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cadenza.server.score",
                        "dev.cadenza.server.sound",
                        "dev.cadenza.server.studio",
                        "dev.cadenza.server.metrics",
                        "dev.cadenza.server.bench",
                        "dev.cadenza.server.command",
                        "io.prometheus..",
                        "javax.sound..")
                .check(CLASSES);
    }

    @Test
    void onlyHttpAndAdditionsKnowTheWebServer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.cadenza.server.command",
                        "dev.cadenza.server.bench",
                        "dev.cadenza.server.catalog",
                        "dev.cadenza.server.serving",
                        "dev.cadenza.server.request",
                        "dev.cadenza.server.problem")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..")
                .check(CLASSES);
    }

    @Test
    void onlyHttpKnowsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cadenza.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsTheEngineOrTheTrainersLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "org.deeplearning4j..", "org.nd4j..")
                .check(CLASSES);
    }
}
