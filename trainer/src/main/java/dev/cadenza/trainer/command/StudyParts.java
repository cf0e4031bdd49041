package dev.cadenza.trainer.command;

import dev.cadenza.trainer.study.Study;
import dev.cadenza.trainer.study.StudyPart;
import dev.cadenza.trainer.study.experiment.CurveExperiment;
import dev.cadenza.trainer.study.experiment.LikelihoodExperiment;
import dev.cadenza.trainer.study.experiment.NoiseExperiment;
import dev.cadenza.trainer.study.experiment.OptimiserExperiment;
import dev.cadenza.trainer.study.experiment.PlayingExperiment;
import dev.cadenza.trainer.study.experiment.ScalingExperiment;
import dev.cadenza.trainer.study.experiment.SelectionExperiment;
import dev.cadenza.trainer.study.experiment.SystemsExperiment;
import dev.cadenza.trainer.study.section.CurveSection;
import dev.cadenza.trainer.study.section.LikelihoodSection;
import dev.cadenza.trainer.study.section.ListeningSection;
import dev.cadenza.trainer.study.section.NoiseSection;
import dev.cadenza.trainer.study.section.OptimiserSection;
import dev.cadenza.trainer.study.section.PlayingSection;
import dev.cadenza.trainer.study.section.ResultsFile;
import dev.cadenza.trainer.study.section.ScalingSection;
import dev.cadenza.trainer.study.section.SelectionSection;
import dev.cadenza.trainer.study.section.SourcePaperSection;
import dev.cadenza.trainer.study.section.SystemsSection;
import dev.cadenza.trainer.study.section.TrainingsSection;
import java.util.List;

/** The study of the source paper, part by part. */
public final class StudyParts {
    private StudyParts() {}

    /** All of it. */
    public static Study study() {
        return new Study(
                new Study.Contents(new SourcePaperSection(), parts(), new TrainingsSection(), new ResultsFile()));
    }

    private static List<StudyPart> parts() {
        return List.of(
                new StudyPart(
                        1,
                        "Loss and accuracy of the source paper's model (its Fig. 4 and 6)",
                        new CurveExperiment(),
                        new CurveSection()),
                new StudyPart(2, "Optimisers", new OptimiserExperiment(), new OptimiserSection()),
                new StudyPart(3, "Scaling with data", new ScalingExperiment(), new ScalingSection()),
                new StudyPart(
                        4,
                        "Likelihood of piano rolls (the source paper's Fig. 5)",
                        new LikelihoodExperiment(),
                        new LikelihoodSection()),
                new StudyPart(5, "Every row is a working system", new SystemsExperiment(), new SystemsSection()),
                new StudyPart(6, "What the models play", new PlayingExperiment(), new PlayingSection()),
                new StudyPart(7, "Noise", new NoiseExperiment(), new NoiseSection()),
                new StudyPart(8, "Selected notes", new SelectionExperiment(), new SelectionSection()),
                new StudyPart(
                        9,
                        "Listening",
                        context -> context.log().accept("part 9 reads ratings; trainer study listen makes the page"),
                        new ListeningSection()));
    }
}
