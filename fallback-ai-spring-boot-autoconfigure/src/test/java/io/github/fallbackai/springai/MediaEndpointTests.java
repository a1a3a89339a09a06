// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Images and files of every form, from a prompt to a chat model. The tests of Spring Boot
 * 4 run this class as it is, with Spring AI 2.
 */
class MediaEndpointTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(ChatModelEndpointTests.Application.class)
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
				"fallback.ai.endpoints[0].name=one", "fallback.ai.endpoints[0].provider=spring-ai",
				"fallback.ai.endpoints[0].bean=first");

	/** Once these went out as if they were an image in Base64. */
	@Test
	void anAddressThatCannotBeSentIsRefused() {
		this.runner.run((context) -> {
			FallbackChatModel model = context.getBean(FallbackChatModel.class);
			for (String address : List.of("gs://bucket/cat.png", "s3://bucket/cat.png", "file:/tmp/cat.png")) {
				for (MimeType type : List.of(MimeTypeUtils.IMAGE_PNG, MimeType.valueOf("application/pdf"))) {
					assertThatIllegalArgumentException()
						.isThrownBy(() -> model.call(prompt(new Media(type, URI.create(address)))))
						.withMessageContaining("expected: https, http or data");
				}
			}
			assertThat(context.getBean("first", ChatModelEndpointTests.Model.class).prompts).isEmpty();
		});
	}

	@Test
	void dataThatIsNotInBase64ReachesTheModel() {
		this.runner.run((context) -> {
			ChatMessage message = new io.github.fallbackai.chat.UserMessage(
					List.of(new TextPart("What?"), ImagePart.at("data:image/svg+xml,%3Csvg%3E%E2%82%AC%3C/svg%3E"),
							ImagePart.at("data:image/svg+xml;charset=utf-8,%3Csvg/%3E"),
							ImagePart.at("data:image/gif;base64,AQID")));
			context.getBean(AiFallbackTemplate.class)
				.chat(ChatRequest.builder().messages(List.of(message)).build())
				.block();
			List<Media> media = context.getBean("first", ChatModelEndpointTests.Model.class).prompts.get(0)
				.getUserMessage()
				.getMedia();
			assertThat(media).extracting((medium) -> medium.getMimeType().getSubtype())
				.containsExactly("svg+xml", "svg+xml", "gif");
			assertThat(new String(media.get(0).getDataAsByteArray(), StandardCharsets.UTF_8))
				.isEqualTo("<svg>\u20ac</svg>");
			assertThat(media.get(1).getDataAsByteArray()).asString().isEqualTo("<svg/>");
			assertThat(media.get(2).getDataAsByteArray()).containsExactly(1, 2, 3);
		});
	}

	private static Prompt prompt(Media media) {
		return new Prompt(List.of(UserMessage.builder().text("What is this?").media(media).build()));
	}

}
