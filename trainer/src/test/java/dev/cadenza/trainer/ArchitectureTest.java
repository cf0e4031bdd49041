package dev.cadenza.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    /** This module's own classes: a scan of the class path would read every jar. */
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void packagesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("commands")
                .definedBy("dev.cadenza.trainer")
                .layer("bench")
                .definedBy("..bench..")
                .layer("presets")
                .definedBy("..paper..", "..performer..", "..roll..")
                .layer("measures")
                .definedBy("..measures..")
                .layer("training")
                .definedBy("..training..")
                .layer("fetch")
                .definedBy("..fetch..")
                .layer("checkpoint")
                .definedBy("..checkpoint..")
                .layer("corpus")
                .definedBy("..corpus..")
                .layer("run")
                .definedBy("..run..")
                .layer("tensorboard")
                .definedBy("..tensorboard..")
                .layer("files")
                .definedBy("..files..")
                .layer("blas")
                .definedBy("..blas..")
                .layer("parallel")
                .definedBy("..parallel..")
                .layer("lstm")
                .definedBy("..lstm..")
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("presets")
                .mayOnlyBeAccessedByLayers("commands", "bench")
                .whereLayer("measures")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("commands", "presets")
                .whereLayer("fetch")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("blas")
                .mayOnlyBeAccessedByLayers("commands", "bench")
                .whereLayer("parallel")
                .mayOnlyBeAccessedByLayers("commands", "bench", "presets", "training")
                .whereLayer("lstm")
                .mayOnlyBeAccessedByLayers("commands", "bench", "presets", "training", "parallel")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training")
                .whereLayer("corpus")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("checkpoint", "corpus", "run")
                .whereLayer("tensorboard")
                .mayOnlyBeAccessedByLayers("training")
                .check(CLASSES);
    }

    @Test
    void presetsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..paper..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..performer..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..performer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..paper..")
                .check(CLASSES);
    }

    @Test
    void theTrainerKnowsNoOnnxRuntimeAndNoGeneration() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.onnxruntime..", "dev.cadenza.onnx..", "dev.cadenza.generation..", "io.javalin..")
                .check(CLASSES);
    }
}
