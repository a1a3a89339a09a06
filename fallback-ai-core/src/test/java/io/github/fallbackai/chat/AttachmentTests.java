// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.net.URI;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link ImagePart} and {@link FilePart}.
 */
class AttachmentTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().findAndAddModules().build();

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/a.png", "http://example.com/a%20b.png", "data:image/png;base64,AQID",
			"data:image/png;base64,", "data:image/svg+xml;name=a;base64,_-+/09azAZ==", "data:image/png;base64,AQ%3D" })
	void aTextMeansTheSameAsItsUri(String address) {
		ImagePart image = ImagePart.at(address);
		assertThat(image).isEqualTo(new ImagePart(URI.create(address))).hasSameHashCodeAs(ImagePart.at(address));
		assertThat(image.uri()).isEqualTo(URI.create(address)).isSameAs(image.uri());
		assertThat(image.address()).isEqualTo(address);
		assertThat(image.embedded()).isEqualTo(address.startsWith("data:"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://example.com/a.png", "a.png", "", "https://example.com/a b",
			"data:image/png;base64,A B", "data:image/png;base64,A\nB", "data:image png;base64,AAAA",
			"data:image/png;base64,\u00e4 ", "DATA:image/png;base64,AAAA" })
	void anythingElseIsRefused(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> ImagePart.at(address)).withMessageStartingWith("image");
		assertThatIllegalArgumentException().isThrownBy(() -> FilePart.at(address)).withMessageStartingWith("file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret", "secret:a", "https://host/secret text", "data:image/png;base64,secret text",
			"data:image png secret;base64,AAAA", "data:secret" })
	void anExceptionDoesNotQuoteWhatWasSent(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> FilePart.at(address))
			.withMessageNotContaining("text")
			.withMessageNotContaining("png")
			.withNoCause();
	}

	@Test
	void tellsTheTypeAndTheBytesOfAnEmbeddedImage() {
		ImagePart image = ImagePart.at("data:image/png;name=a;base64,AQID");
		assertThat(image.mediaType()).isEqualTo("image/png");
		assertThat(image.base64()).isEqualTo("AQID");
		assertThat(ImagePart.at("data:image/png,AQID").base64()).isNull();
		assertThat(ImagePart.at("https://example.com/;base64,AQID").base64()).isNull();
	}

	@Test
	void tellsTheTypeAndTheBytesOfAFile() {
		FilePart file = FilePart.at("data:application/pdf;base64,AQID");
		assertThat(file.mediaType()).isEqualTo(FilePart.PDF);
		assertThat(file.base64()).isEqualTo("AQID");
		assertThat(FilePart.at("https://example.com/a.PDF").mediaType()).isEqualTo(FilePart.PDF);
		assertThatIllegalArgumentException().isThrownBy(() -> FilePart.at("data:application/pdf,AQID"));
		assertThatIllegalArgumentException().isThrownBy(() -> FilePart.at("data:;base64,AQID"));
	}

	@Test
	void isWrittenAsAUriAndReadAgain() throws Exception {
		ImagePart image = ImagePart.at("data:image/png;base64,AQID");
		String json = MAPPER.writeValueAsString(image);
		assertThat(json).isEqualTo("{\"uri\":\"data:image/png;base64,AQID\"}");
		assertThat(MAPPER.readValue(json, ImagePart.class)).isEqualTo(image);
		FilePart file = FilePart.of("text/plain", new byte[] { 1 }, "a.txt");
		assertThat(MAPPER.readValue(MAPPER.writeValueAsString(file), FilePart.class)).isEqualTo(file);
	}

	@Test
	void theBytesAreNotPrinted() {
		assertThat(ImagePart.at("data:image/png;base64,AQID")).hasToString("ImagePart[embedded]");
		assertThat(FilePart.at("https://example.com/a.pdf")).hasToString("FilePart[linked]");
	}

}
