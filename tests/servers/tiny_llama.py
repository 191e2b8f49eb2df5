"""A real llama.cpp server on a model of random weights that is written on the spot: nothing is downloaded.

It takes the protocol and the JSON schema seriously, and writes schema-valid nonsense.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

#: Dimensions of the model, and tokens of its context.
WIDTH, LAYERS, HEADS, HIDDEN, CONTEXT = 32, 2, 4, 64, 65_536
_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def write_model(path: Path, seed: int = 7) -> None:
    """A llama of two layers over single bytes and a few words. The tokens that close JSON strings are made likely."""
    import gguf
    import numpy as np

    words = [
        "the",
        "and",
        "is",
        "of",
        "than",
        "faster",
        "better",
        "kettle",
        "Swift",
        "Homely",
        "120",
        "3x",
        "60",
        "2026",
    ]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    tokens += [chr(code) for code in range(32, 127)] + ["▁", *("▁" + word for word in words)]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * (len(tokens) - 259)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token.encode() for token in tokens])
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(_TEMPLATE)
    random = np.random.default_rng(seed)

    def weights(*shape: int, scale: float = 0.05) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return random.normal(0, scale, shape).astype(np.float32)

    # One dimension of the stream is held constant, so that the last matrix can act as a bias on each token.
    embedding = weights(len(tokens), WIDTH, scale=0.3)
    embedding[:, 0] = 4.0
    output = weights(len(tokens), WIDTH, scale=0.3)
    output[:, 0] = 0.0
    for token, bias in {'"': 0.55, "▁": 0.3}.items():
        output[tokens.index(token), 0] = bias
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for layer in range(LAYERS):
        writer.add_tensor(f"blk.{layer}.attn_norm.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(f"blk.{layer}.ffn_norm.weight", np.ones(WIDTH, np.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", weights(WIDTH, WIDTH))
        writer.add_tensor(f"blk.{layer}.ffn_gate.weight", weights(HIDDEN, WIDTH))
        writer.add_tensor(f"blk.{layer}.ffn_up.weight", weights(HIDDEN, WIDTH))
        writer.add_tensor(f"blk.{layer}.ffn_down.weight", weights(WIDTH, HIDDEN))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@contextmanager
def llama_server(model: Path, context: int = CONTEXT) -> Iterator[str]:
    """Its base URL, in a process of its own: a crash in native code must not take the tests along."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(str(model), context, theirs), daemon=True
    )
    process.start()
    try:
        if not ours.poll(60):
            raise AssertionError("the llama.cpp server did not start within a minute")
        yield f"{ours.recv()}/v1"
    finally:
        process.kill()
        process.join(10)


def _serve(model: str, context: int, tell: Connection) -> None:
    import time

    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_ctx = context
    parameters.n_parallel = 1
    parameters.warmup = False
    parameters.cpuparams.n_threads = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.use_jinja = True
    server = xllamacpp.Server(parameters)
    tell.send(server.listening_address)
    while True:
        time.sleep(60)
