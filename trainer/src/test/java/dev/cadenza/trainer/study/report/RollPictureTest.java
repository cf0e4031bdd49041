package dev.cadenza.trainer.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class RollPictureTest {
    private static List<Element> notes(SvgDocument svg) {
        return svg.all("rect").stream()
                .filter(rectangle -> !rectangle.getAttribute("fill").equals("#ffffff"))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void aNoteIsOneRectangleHoweverLongItIsHeld() throws Exception {
        PianoRoll.Builder roll = new PianoRoll.Builder(5);
        roll.on(0, 0).on(1, 0).on(3, 0);
        for (int step = 0; step < 5; step++) {
            roll.on(step, 87);
        }
        roll.on(4, 86);
        SvgDocument svg = new SvgDocument(RollPicture.svg("a roll", roll.build()));
        List<Element> notes = notes(svg);

        assertThat(notes).hasSize(4);
        assertThat(notes).extracting(note -> number(note, "x")).containsExactly(34.0, 46.0, 50.0, 34.0);
        assertThat(notes).extracting(note -> number(note, "width")).containsExactly(7.5, 3.5, 3.5, 19.5);
        assertThat(number(notes.get(0), "y"))
                .isEqualTo(number(notes.get(1), "y"))
                .isGreaterThan(number(notes.get(2), "y"));
        assertThat(number(notes.get(2), "y")).isGreaterThan(number(notes.get(3), "y"));
    }

    @Test
    void notesLieInThePicture() throws Exception {
        PianoRoll roll = new PianoRoll.Builder(3).on(0, 0).on(2, 87).build();
        SvgDocument svg = new SvgDocument(RollPicture.svg("corners", roll));
        double width = number(svg.root(), "width");
        double height = number(svg.root(), "height");

        assertThat(notes(svg)).hasSize(2).allSatisfy(note -> {
            assertThat(number(note, "x")).isNotNegative();
            assertThat(number(note, "x") + number(note, "width")).isLessThan(width);
            assertThat(number(note, "y")).isNotNegative();
            assertThat(number(note, "y") + number(note, "height")).isLessThan(height);
        });
    }

    @Test
    void marksTheCs() throws Exception {
        SvgDocument svg = new SvgDocument(RollPicture.svg("<Bach> & sons", new PianoRoll.Builder(2).build()));

        assertThat(notes(svg)).isEmpty();
        assertThat(svg.texts()).containsExactly("<Bach> & sons", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8");
        assertThat(svg.all("line")).hasSize(8);
    }

    @Test
    void middleCLiesOnItsLine() throws Exception {
        PianoRoll roll = new PianoRoll.Builder(1).on(0, 39).build();
        SvgDocument svg = new SvgDocument(RollPicture.svg("middle C", roll));
        double line = number(svg.all("line").get(3), "y1");
        Element note = notes(svg).get(0);

        assertThat(number(note, "y") + number(note, "height")).isBetween(line - 1, line);
    }

    @Test
    void aRollOfNoStepsIsAPictureToo() throws Exception {
        assertThat(notes(new SvgDocument(RollPicture.svg("nothing", new PianoRoll.Builder(0).build()))))
                .isEmpty();
    }
}
