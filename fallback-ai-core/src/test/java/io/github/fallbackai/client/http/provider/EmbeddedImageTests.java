// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.net.URI;

import io.github.fallbackai.chat.ImagePart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link EmbeddedImage}.
 */
class EmbeddedImageTests {

	@Test
	void takesADataUriApart() {
		assertThat(EmbeddedImage.of(ImagePart.of("image/png", new byte[] { 1, 2, 3 })))
			.isEqualTo(new EmbeddedImage("image/png", "AQID"));
		assertThat(EmbeddedImage.of(new ImagePart(URI.create("data:image/png;name=a;base64,AQID"))))
			.isEqualTo(new EmbeddedImage("image/png", "AQID"))
			.hasToString("EmbeddedImage[image/png, 4 characters]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:image/png,secret", "data:secret", "https://host/secret;base64,x" })
	void refusesOtherFormsWithoutQuotingThem(URI uri) {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedImage.of(new ImagePart(uri)))
			.withMessage("image: not embedded in base64");
	}

}
