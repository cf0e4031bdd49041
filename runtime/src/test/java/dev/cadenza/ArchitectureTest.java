package dev.cadenza;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages from the ground up: each may use those below it alone. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cadenza");

    @Test
    void packagesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("music")
                .definedBy("dev.cadenza.music")
                .layer("notematrix")
                .definedBy("dev.cadenza.notematrix")
                .layer("pianoroll")
                .definedBy("dev.cadenza.pianoroll")
                .layer("model")
                .definedBy("dev.cadenza.model")
                .layer("generation")
                .definedBy("dev.cadenza.generation")
                .layer("steering")
                .definedBy("dev.cadenza.generation.steering")
                .layer("reference")
                .definedBy("dev.cadenza.generation.reference")
                .layer("step")
                .definedBy("dev.cadenza.generation.step")
                .layer("engine")
                .definedBy("dev.cadenza.engine")
                .layer("onnx")
                .definedBy("dev.cadenza.onnx")
                .layer("device")
                .definedBy("dev.cadenza.onnx.device")
                .layer("console")
                .definedBy("dev.cadenza.console")
                .layer("graph")
                .definedBy("dev.cadenza.graph")
                .layer("files")
                .definedBy("dev.cadenza.files")
                .whereLayer("music")
                .mayNotAccessAnyLayer()
                .whereLayer("pianoroll")
                .mayNotAccessAnyLayer()
                .whereLayer("notematrix")
                .mayOnlyAccessLayers("music")
                .whereLayer("model")
                .mayOnlyAccessLayers("music", "notematrix", "files")
                .whereLayer("generation")
                .mayOnlyAccessLayers("music", "notematrix", "steering", "step")
                .whereLayer("steering")
                .mayOnlyAccessLayers("notematrix", "step")
                .whereLayer("reference")
                .mayOnlyAccessLayers("notematrix", "step")
                .whereLayer("reference")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("step")
                .mayOnlyAccessLayers("notematrix")
                .whereLayer("engine")
                .mayOnlyAccessLayers("step")
                .whereLayer("device")
                .mayOnlyAccessLayers("files", "console")
                .whereLayer("console")
                .mayOnlyAccessLayers("files")
                .whereLayer("graph")
                .mayOnlyAccessLayers("files")
                .whereLayer("graph")
                .mayOnlyBeAccessedByLayers("onnx")
                .whereLayer("files")
                .mayNotAccessAnyLayer()
                .whereLayer("onnx")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void onlyTheOnnxPackageCallsOnnxRuntime() {
        noClasses()
                .that(not(resideInAPackage("dev.cadenza.onnx..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    /** It is an optional dependency, which a program that uses the runtime as a library does not have. */
    @Test
    void onlyUsageErrorsNeedPicocli() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.cadenza.console.UsageError")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void onlyTheMusicPackageMayUseTheJdksMidi() {
        noClasses()
                .that(not(resideInAPackage("dev.cadenza.music")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.sound.midi..")
                .check(CLASSES);
    }
}
