package dev.cadenza.exporter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HouseTest {
    private static final String[] TRAINING = {"org.deeplearning4j..", "org.nd4j..", "org.bytedeco.."};
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cadenza");

    @Test
    void onlyTheExporterSeesBothDl4jAndWhatRunsTheGraph() {
        classes()
                .that(resideOutsideOfPackages("dev.cadenza.exporter.kind..", "dev.cadenza.exporter").and(dependOnTraining()))
                .should(not(dependOnClassesThat(resideInAnyPackage("ai.onnxruntime..", "dev.cadenza.onnx.."))))
                .allowEmptyShould(false)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> dependOnTraining() {
        return DescribedPredicate.describe(
                "depend on DL4J",
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> resideInAnyPackage(TRAINING).test(dependency.getTargetClass())));
    }

    @Test
    void whoWritesGraphsKnowsNeitherEngine() {
        noClasses()
                .that()
                .resideInAPackage("dev.cadenza.exporter.graph")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.deeplearning4j..", "org.nd4j..", "ai.onnxruntime..", "dev.cadenza.onnx.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheOnnxPackageOfTheRuntimeCallsOnnxRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cadenza.onnx")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }
}
