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
                .layer("study's parts")
                .definedBy("..study.parts..")
                .layer("experiments")
                .definedBy("..study.experiment..")
                .layer("sections")
                .definedBy("..study.section..")
                .layer("results")
                .definedBy("..study.result..")
                .layer("listening")
                .definedBy("..study.listening..")
                .layer("notes")
                .definedBy("..study.notes..")
                .layer("study")
                .definedBy("dev.cadenza.trainer.study")
                .layer("playing")
                .definedBy("..playing..")
                .layer("report")
                .definedBy("dev.cadenza.trainer.report")
                .layer("tables")
                .definedBy("..report.table..")
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
                .mayOnlyBeAccessedByLayers("commands", "bench", "study", "experiments", "results", "sections")
                .whereLayer("study's parts")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("experiments")
                .mayOnlyBeAccessedByLayers("study's parts")
                .whereLayer("sections")
                .mayOnlyBeAccessedByLayers("study's parts")
                .whereLayer("results")
                .mayOnlyBeAccessedByLayers("experiments", "sections")
                .whereLayer("listening")
                .mayOnlyBeAccessedByLayers("commands", "sections")
                .whereLayer("notes")
                .mayOnlyBeAccessedByLayers("experiments", "results", "sections")
                .whereLayer("study")
                .mayOnlyBeAccessedByLayers(
                        "commands", "study's parts", "experiments", "sections", "results", "listening")
                .whereLayer("playing")
                .mayOnlyBeAccessedByLayers("commands", "study", "experiments", "sections", "results", "listening")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("study", "sections")
                .whereLayer("tables")
                .mayOnlyBeAccessedByLayers("report", "experiments", "sections", "results")
                .whereLayer("layer")
                .mayOnlyBeAccessedByLayers("presets", "experiments")
                .whereLayer("measures")
                .mayOnlyBeAccessedByLayers("commands", "playing", "experiments", "sections", "results", "listening")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("commands", "presets", "study", "experiments", "listening", "notes")
                .whereLayer("fetch")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("blas")
                .mayOnlyBeAccessedByLayers("commands", "bench")
                .whereLayer("parallel")
                .mayOnlyBeAccessedByLayers("commands", "bench", "presets", "training")
                .whereLayer("lstm")
                .mayOnlyBeAccessedByLayers("commands", "bench", "presets", "training", "parallel", "study")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training", "study", "experiments")
                .whereLayer("corpus")
                .mayOnlyBeAccessedByLayers(
                        "commands",
                        "presets",
                        "training",
                        "playing",
                        "study",
                        "experiments",
                        "sections",
                        "listening",
                        "notes")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("commands", "presets", "training", "study", "experiments")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("commands", "checkpoint", "corpus", "run", "report", "study", "sections")
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
    void experimentsAndSectionsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..study.experiment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..study.section..", "dev.cadenza.trainer.report")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..study.section..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..study.experiment..",
                        "..trainer.training..",
                        "..trainer.checkpoint..",
                        "org.deeplearning4j..")
                .check(CLASSES);
    }

    /** A cell's file is read and written in one place for each kind: nobody else picks fields of JSON out of it. */
    @Test
    void sectionsReadRecordsAndNoJson() {
        noClasses()
                .that()
                .resideInAPackage("..study.section..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..")
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
