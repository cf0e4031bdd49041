package dev.cadenza.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchitectureTest {
    /** This module's own classes: a scan of the class path would read every jar. */
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void packagesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("commands")
                .definedBy("..trainer.command..")
                .layer("bench")
                .definedBy("..trainer.bench..")
                .layer("experiments")
                .definedBy("..study.experiment..")
                .layer("sections")
                .definedBy("..study.section..")
                .layer("results")
                .definedBy("..study.result..")
                .layer("study")
                .definedBy("dev.cadenza.trainer.study")
                .layer("report")
                .definedBy("..study.report..")
                .layer("kinds")
                .definedBy("..paper..", "..performer..", "..trainer.roll..")
                .layer("family")
                .definedBy("..family..")
                .layer("evaluation")
                .definedBy("..evaluation..")
                .layer("training")
                .definedBy("..trainer.training..")
                .layer("checkpoint")
                .definedBy("..checkpoint..")
                .layer("network")
                .definedBy("..network..")
                .layer("corpus")
                .definedBy("..corpus..")
                .layer("fetch")
                .definedBy("..fetch..")
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("experiments")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("sections")
                .mayOnlyBeAccessedByLayers("commands")
                .whereLayer("results")
                .mayOnlyBeAccessedByLayers("experiments", "sections")
                .whereLayer("study")
                .mayOnlyBeAccessedByLayers("commands", "experiments", "sections", "results")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("study", "experiments", "sections", "results")
                .whereLayer("kinds")
                .mayOnlyBeAccessedByLayers("bench", "study", "experiments", "results", "sections")
                .whereLayer("family")
                .mayOnlyBeAccessedByLayers("commands", "kinds", "experiments")
                .whereLayer("evaluation")
                .mayOnlyBeAccessedByLayers("commands", "study", "experiments", "sections", "results")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("commands", "kinds", "family", "study", "experiments", "sections")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("commands", "kinds", "family", "training", "study", "experiments")
                .whereLayer("network")
                .mayOnlyBeAccessedByLayers("commands", "bench", "kinds", "training", "study", "experiments")
                .whereLayer("corpus")
                .mayOnlyBeAccessedByLayers(
                        "commands", "kinds", "family", "evaluation", "training", "study", "experiments", "sections")
                .whereLayer("fetch")
                .mayOnlyBeAccessedByLayers("commands")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.cadenza.trainer.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "performer", "roll"})
    void kindsDoNotKnowEachOther(String kind) {
        String[] others = Stream.of("paper", "performer", "roll")
                .filter(other -> !other.equals(kind))
                .map(other -> "dev.cadenza.trainer." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.cadenza.trainer." + kind + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    /** A kind is found by the services file alone. */
    @Test
    void commandsNameNoKind() {
        noClasses()
                .that()
                .resideInAnyPackage("..trainer.command..", "..family..", "..trainer.training..", "..checkpoint..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cadenza.trainer.paper..", "dev.cadenza.trainer.performer..", "dev.cadenza.trainer.roll..")
                .check(CLASSES);
    }

    @Test
    void experimentsAndSectionsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..study.experiment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..study.section..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..study.experiment..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*[.](Report|Svg|LineChart|RollPicture)")
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

    /** A cell's file is read and written in one place for each kind: no other class picks fields of JSON out of it. */
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
