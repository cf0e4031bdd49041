package dev.cadenza.exporter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.OnnxGraph;
import dev.cadenza.exporter.graph.OnnxRef;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String EXPORTER = "dev.cadenza.exporter";
    private static final String KINDS = EXPORTER + ".kind.(*)..";
    private static final String[] DL4J = {"org.deeplearning4j..", "org.nd4j..", "org.bytedeco.."};
    private static final String[] ONNX_RUNTIME = {"ai.onnxruntime..", "dev.cadenza.onnx.."};
    private static final String[] ENGINES = {
        "org.deeplearning4j..", "org.nd4j..", "org.bytedeco..", "ai.onnxruntime..", "dev.cadenza.onnx.."
    };

    /** This module's own classes. */
    private static final JavaClasses OWN = new ClassFileImporter().importPath(Path.of("target", "classes"));

    /** Those of every module that this one sees. */
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cadenza");

    @Test
    void packagesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("command")
                .definedBy(EXPORTER + ".command")
                .layer("score")
                .definedBy(EXPORTER + ".score")
                .layer("play")
                .definedBy(EXPORTER + ".play")
                .layer("bench")
                .definedBy(EXPORTER + ".bench")
                .layer("publish")
                .definedBy(EXPORTER + ".publish")
                .layer("kinds")
                .definedBy(EXPORTER + ".kind.*..")
                .layer("kind")
                .definedBy(EXPORTER + ".kind")
                .layer("graph")
                .definedBy(EXPORTER + ".graph")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("score")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("play")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("publish")
                .mayOnlyBeAccessedByLayers("command", "score", "play", "bench")
                .whereLayer("kinds")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("kind")
                .mayOnlyBeAccessedByLayers("command", "score", "play", "bench", "publish", "kinds")
                .whereLayer("graph")
                .mayOnlyBeAccessedByLayers("command", "publish", "kinds", "kind")
                .ensureAllClassesAreContainedInArchitectureIgnoring(EXPORTER)
                .check(OWN);
    }

    /** It has the description of the module alone. */
    @Test
    void noClassLiesAboveThePackages() {
        noClasses()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAPackage(EXPORTER)
                .check(OWN);
    }

    @Test
    void kindsDoNotKnowEachOther() {
        slices().matching(KINDS).should().notDependOnEachOther().check(OWN);
    }

    @Test
    void noPackageComesBackToItself() {
        slices().matching(EXPORTER + ".(**)").should().beFreeOfCycles().check(OWN);
    }

    /** What differs from kind to kind is the kind's: see {@link dev.cadenza.exporter.kind.KindExporter}. */
    @Test
    void onlyAKindKnowsHowItIsTrained() {
        noClasses()
                .that(resideOutsideOfPackages(EXPORTER + ".kind.*..", EXPORTER + ".score"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cadenza.trainer.paper..", "dev.cadenza.trainer.performer..", "dev.cadenza.trainer.roll..")
                .check(OWN);
    }

    @Test
    void onlyCommandsReadACommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(EXPORTER + ".command")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(OWN);
        classes()
                .that()
                .resideInAPackage(EXPORTER + ".command")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(dependOnClassesThat(resideInAPackage("picocli..")))
                .check(OWN);
    }

    @Test
    void onlyKindsAndPublishingSeeBothDl4jAndWhatRunsTheGraph() {
        classes()
                .that(resideOutsideOfPackages(EXPORTER + ".kind..", EXPORTER + ".publish")
                        .and(dependOn("DL4J", resideInAnyPackage(DL4J))))
                .should(not(dependOnClassesThat(resideInAnyPackage(ONNX_RUNTIME))))
                .allowEmptyShould(false)
                .check(ALL);
    }

    @Test
    void whoWritesGraphsKnowsNeitherEngine() {
        DescribedPredicate<JavaClass> writing = dependOn(
                "the writer of graphs",
                equivalentTo(OnnxRef.class).or(equivalentTo(OnnxGraph.class)).or(equivalentTo(Expressions.class)));
        DescribedPredicate<JavaClass> written = simpleNameEndingWith("Weights")
                .or(simpleNameEndingWith("Tables"))
                .or(simpleNameEndingWith("Graph"));
        noClasses()
                .that(resideInAPackage(EXPORTER + ".graph").or(writing).or(written))
                .should(dependOnClassesThat(resideInAnyPackage(ENGINES)))
                .check(OWN);
    }

    @Test
    void theWriterOfGraphsKnowsNothingOfTraining() {
        noClasses()
                .that()
                .resideInAPackage(EXPORTER + ".graph")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cadenza.trainer..")
                .check(OWN);
    }

    private static DescribedPredicate<JavaClass> dependOn(String what, DescribedPredicate<? super JavaClass> on) {
        return DescribedPredicate.describe(
                "depend on " + what,
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> on.test(dependency.getTargetClass())));
    }

    @Test
    void onlyTheOnnxPackageOfTheRuntimeCallsOnnxRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cadenza.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(ALL);
    }
}
