// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where a text ends, and how many characters it has, whatever pieces it comes in.
 */
class TextScanTests {

	/** More than a scan looks at to know what a text is. */
	private static final String LONG = "A".repeat(1000);

	/** As many characters of data may be counted. */
	private static final int FEW = 12;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "|0", "abc|3", "ä€|2", "\\\"\\\\\\/\\b\\f\\n\\r\\t|8", "\\u00e4\\u0022|2", "{[,:]}|6",
					"a sentence that is longer than a name, with an ä, a \\\" and a \\u00e4|61" })
	void countsCharactersUpToTheEnd(String text, int characters) {
		byte[] bytes = ((text == null) ? "\",\"" : text + "\",\"").getBytes(StandardCharsets.UTF_8);
		for (int piece = 1; piece <= bytes.length; piece++) {
			TextScan scan = new TextScan();
			scan.begin(false);
			int index = 0;
			while (scan.open()) {
				index = scan.accept(bytes, index, Math.min(bytes.length, index + piece));
			}
			assertThat(index).isEqualTo(bytes.length - 2);
			assertThat(scan.characters()).isEqualTo(characters);
		}
	}

	@ParameterizedTest
	@CsvSource({ "data,", "file_data,", "url,data:image/png;base64", "image_url,data:image/png;base64" })
	void countsNoDataOfImagesAudioAndFiles(String name, String begin) {
		TextScan scan = new TextScan();
		read(scan, name, false);
		read(scan, (begin == null) ? LONG : begin + LONG, true);
		assertThat(scan.characters()).isLessThanOrEqualTo(name.length() + FEW);
		read(scan, LONG, false);
		assertThat(scan.characters()).isGreaterThanOrEqualTo(LONG.length());
	}

	@ParameterizedTest
	@CsvSource({ "url,https://", "url,", "url,data;", "text,data:", "xdata,", "data_of_something_else,", "Data,",
			"\\u0064ata,", "'',data:" })
	void countsAllElse(String name, String begin) {
		TextScan scan = new TextScan();
		read(scan, name, false);
		read(scan, (begin == null) ? LONG : begin + LONG, true);
		assertThat(scan.characters()).isGreaterThanOrEqualTo(LONG.length());
	}

	@Test
	void isNoDataUnlessItIsTheValueOfTheMember() {
		TextScan scan = new TextScan();
		read(scan, "data", false);
		read(scan, LONG, false);
		assertThat(scan.characters()).isEqualTo(LONG.length() + 4);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\\x", "\\'", "\\ ", "0123456789abcdef\\u\\u", "\\u00eg", "\u0000", "0123456789abcdef\u0000" })
	void refusesWhatNoParserTakes(String text) {
		TextScan scan = new TextScan();
		assertThatThrownBy(() -> read(scan, text + "x\\x", false)).isInstanceOf(RefusedBodyException.class);
	}

	private static void read(TextScan scan, String text, boolean named) {
		byte[] bytes = (text + '"').getBytes(StandardCharsets.UTF_8);
		scan.begin(named);
		assertThat(scan.accept(bytes, 0, bytes.length)).isEqualTo(bytes.length);
		assertThat(scan.open()).isFalse();
	}

}
