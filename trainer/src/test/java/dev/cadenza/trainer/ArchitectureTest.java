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
                .layer("study")
                .definedBy("..study..")
                .layer("playing")
                .definedBy("..playing..")
                .layer("report")
                .definedBy("..report..")
                .layer("layer")
                .definedBy("..layer..")
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
                .mayOnlyBeAccessedByLayers("commands", "bench", "study")
                .whereLayer("study")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("playing")
                .mayOnlyBeAccessedByLayers("commands", "study")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("study")
                .whereLayer("layer")
                .mayOnlyBeAccessedByLayers("presets", "study")
                .whereLayer("measures")
                .mayOnlyBeAccessedByLayers("commands", "playing", "study")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("commands", "presets", "study")
                .whereLayer("fetch")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("blas")
                .mayOnlyBeAccessedByLayers("commands", "bench")
                .whereLayer("parallel")
                .mayOnlyBeAccessedByLayers("commands", "bench", "presets", "training")
                .whereLayer("lstm")
                .mayOnlyBeAccessedByLayers("commands", "bench", "presets", "training", "parallel", "study")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training", "study")
                .whereLayer("corpus")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training", "playing", "study")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training", "study")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("commands", "checkpoint", "corpus", "run", "report", "study")
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
                .resideInAnyPackage("..performer..", "..roll..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..performer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..paper..", "..roll..")
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
