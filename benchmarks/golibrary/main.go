// Measures OPA itself on the policies of benchmarks/opa: its Go library with a prepared query, and a running server.
//
//	golibrary library FOLDER SECONDS
//	golibrary server FOLDER SECONDS unix:PATH|tcp:HOST:PORT NAME
//
// FOLDER holds plan.tar.gz, entrypoint and input.json. Each measure is one line of JSON on standard output. The client of
// the server is the cheapest there can be: one connection, a request made beforehand, an answer read by its length.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

type measure struct {
	Engine string  `json:"engine"`
	P50    float64 `json:"p50"`
	P99    float64 `json:"p99"`
	Bytes  float64 `json:"bytes"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks/golibrary:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New("usage: golibrary library FOLDER SECONDS | golibrary server FOLDER SECONDS ADDRESS NAME")
	}
	seconds, err := strconv.ParseFloat(args[2], 64)
	if err != nil {
		return err
	}
	folder, length := args[1], time.Duration(seconds*float64(time.Second))
	switch {
	case args[0] == "library" && len(args) == 3:
		return library(folder, length)
	case args[0] == "server" && len(args) == 5:
		return server(folder, length, args[3], args[4])
	}
	return fmt.Errorf("unknown measure %v", args)
}

func library(folder string, length time.Duration) error {
	ctx := context.Background()
	entrypoint, input, err := question(folder)
	if err != nil {
		return err
	}
	query, err := rego.New(
		rego.Query("data."+strings.ReplaceAll(entrypoint, "/", ".")),
		rego.LoadBundle(filepath.Join(folder, "plan.tar.gz")),
	).PrepareForEval(ctx)
	if err != nil {
		return err
	}
	parsed, err := ast.ValueFromReader(bytes.NewReader(input))
	if err != nil {
		return err
	}
	if err := loop("go library, values", length, func() error {
		return defined(query.Eval(ctx, rego.EvalParsedInput(parsed)))
	}); err != nil {
		return err
	}
	return loop("go library, JSON", length, func() error {
		var document any
		decoder := json.NewDecoder(bytes.NewReader(input))
		decoder.UseNumber()
		if err := decoder.Decode(&document); err != nil {
			return err
		}
		results, err := query.Eval(ctx, rego.EvalInput(document))
		if err := defined(results, err); err != nil {
			return err
		}
		_, err = json.Marshal(results[0].Expressions[0].Value)
		return err
	})
}

func defined(results rego.ResultSet, err error) error {
	if err == nil && len(results) != 1 {
		return errors.New("the decision is undefined")
	}
	return err
}

func server(folder string, length time.Duration, address, name string) error {
	entrypoint, input, err := question(folder)
	if err != nil {
		return err
	}
	network, where, _ := strings.Cut(address, ":")
	connection, err := net.Dial(network, where)
	if err != nil {
		return err
	}
	defer connection.Close()
	body := fmt.Sprintf(`{"input":%s}`, input)
	request := fmt.Appendf(nil, "POST /v1/data/%s HTTP/1.1\r\nHost: opa\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		entrypoint, len(body), body)
	reader := bufio.NewReaderSize(connection, 1<<16)
	return loop(name, length, func() error {
		if _, err := connection.Write(request); err != nil {
			return err
		}
		return answer(reader)
	})
}

func answer(reader *bufio.Reader) error {
	status, err := reader.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("the server answered %q", status)
	}
	length := -1
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if value, found := bytes.CutPrefix(bytes.ToLower(line), []byte("content-length:")); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	if length < 0 {
		return errors.New("the server did not say how long its answer is")
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(reader, body); err != nil {
		return err
	}
	if !bytes.Contains(body, []byte(`"result"`)) {
		return errors.New("the decision is undefined")
	}
	return nil
}

func question(folder string) (entrypoint string, input []byte, err error) {
	name, err := os.ReadFile(filepath.Join(folder, "entrypoint"))
	if err != nil {
		return "", nil, err
	}
	input, err = os.ReadFile(filepath.Join(folder, "input.json"))
	return strings.TrimSpace(string(name)), input, err
}

// loop runs once for a third of the time to warm up, then measures every call.
func loop(name string, length time.Duration, call func() error) error {
	for start := time.Now(); time.Since(start) < length/3; {
		if err := call(); err != nil {
			return err
		}
	}
	var before, after runtime.MemStats
	samples := make([]time.Duration, 0, 10_000_000)
	runtime.ReadMemStats(&before)
	for start := time.Now(); time.Since(start) < length && len(samples) < cap(samples); {
		began := time.Now()
		if err := call(); err != nil {
			return err
		}
		samples = append(samples, time.Since(began))
	}
	runtime.ReadMemStats(&after)
	slices.Sort(samples)
	return json.NewEncoder(os.Stdout).Encode(measure{
		Engine: name,
		P50:    float64(samples[len(samples)/2].Nanoseconds()),
		P99:    float64(samples[len(samples)*99/100].Nanoseconds()),
		Bytes:  float64(after.TotalAlloc-before.TotalAlloc) / float64(len(samples)),
	})
}
