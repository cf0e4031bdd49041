package dev.cadenza.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cadenza.server");

    @Test
    void packagesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("commands")
                .definedBy("..command..")
                .layer("bench")
                .definedBy("..bench..")
                .layer("metrics")
                .definedBy("..metrics..")
                .layer("http")
                .definedBy("..http..")
                .layer("catalog")
                .definedBy("..catalog..")
                .layer("serving")
                .definedBy("..serving..")
                .layer("request")
                .definedBy("..request..")
                .layer("problem")
                .definedBy("..problem..")
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("commands", "metrics")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("serving")
                .mayOnlyBeAccessedByLayers("commands", "metrics", "http", "catalog")
                .whereLayer("request")
                .mayOnlyBeAccessedByLayers("commands", "http", "catalog", "serving")
                .check(CLASSES);
    }

    @Test
    void onlyHttpKnowsTheWebServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cadenza.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..")
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
