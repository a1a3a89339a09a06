// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.util.Map;

/**
 * The blocks of the README that are a part of something, each within a class that an
 * application would have around it.
 */
final class FurtherBlocks {

	/** A program without Spring. */
	static final String PROGRAM = "PlainProgram";

	private static final String TOOLS = """
			import io.github.fallbackai.AiFallbackTemplate;
			import io.github.fallbackai.chat.ChatRequest;
			import io.github.fallbackai.chat.ChatResponse;
			import io.github.fallbackai.chat.ToolDefinition;
			import io.github.fallbackai.tools.ToolExecutor;
			import reactor.core.publisher.Mono;

			import org.springframework.web.bind.annotation.GetMapping;
			import org.springframework.web.bind.annotation.RestController;

			@RestController
			class ToolsController {

				private final Weather weather = new Weather();

				private final AiFallbackTemplate ai;

				ToolsController(AiFallbackTemplate ai) {
					this.ai = ai;
				}

				@GetMapping("/tools")
				Mono<String> answer() {
					@BLOCK@
					return answer.map(ChatResponse::text);
				}

				static class Weather {

					Mono<String> in(String city) {
						return Mono.just("Sun in " + city);
					}

				}

			}
			""";

	private static final String SPRING_AI = """
			import org.springframework.ai.chat.client.ChatClient;
			import org.springframework.web.bind.annotation.GetMapping;
			import org.springframework.web.bind.annotation.RestController;
			import reactor.core.publisher.Flux;
			import reactor.core.publisher.Mono;

			@RestController
			class AssistantController {

				private final ChatClient.Builder chatClientBuilder;

				AssistantController(ChatClient.Builder chatClientBuilder) {
					this.chatClientBuilder = chatClientBuilder;
				}

				@GetMapping("/assistant")
				Mono<String> answer() {
					@BLOCK@
					return answer.collectList().map((pieces) -> String.join("", pieces));
				}

			}
			""";

	private static final String INVOICE = """
			import java.math.BigDecimal;

			import io.github.fallbackai.AiFallbackTemplate;
			import io.github.fallbackai.chat.Answer;
			import io.github.fallbackai.chat.ChatRequest;
			import org.springframework.web.bind.annotation.GetMapping;
			import org.springframework.web.bind.annotation.RestController;
			import reactor.core.publisher.Mono;

			@RestController
			class InvoiceController {

				private final AiFallbackTemplate ai;

				InvoiceController(AiFallbackTemplate ai) {
					this.ai = ai;
				}

				@GetMapping("/invoice")
				Mono<String> answer() {
					@BLOCK@
					return invoice.map((answer) -> answer.value().toString());
				}

			}
			""";

	private static final String PLAIN = """
			import java.net.URI;

			import io.github.fallbackai.AiFallbackTemplate;
			import io.github.fallbackai.endpoint.ApiKey;
			import io.github.fallbackai.endpoint.Endpoint;

			class PlainProgram {

				public static void main(String[] args) {
					@BLOCK@
				}

			}
			""";

	private FurtherBlocks() {
	}

	/**
	 * Pastes them.
	 * @param readme where they are
	 * @param application where they get
	 * @param addresses simulators by the addresses of the providers that the README names
	 */
	static void paste(Readme readme, EmptyApplication application, Map<String, String> addresses) throws IOException {
		application.paste("ToolsController", within(TOOLS, readme.block("java", "ToolExecutor.builder()")));
		application.paste("AssistantController", within(SPRING_AI, readme.block("java", "chatClientBuilder.build()")));
		application.paste("InvoiceController", within(INVOICE, readme.block("java", "record Invoice")));
		String plain = within(PLAIN, readme.block("java", "AiFallbackTemplate.builder()"));
		for (Map.Entry<String, String> address : addresses.entrySet()) {
			plain = plain.replace(address.getKey(), address.getValue());
		}
		application.paste(PROGRAM, plain);
	}

	private static String within(String surroundings, String block) {
		return surroundings.replace("@BLOCK@", block);
	}

}
