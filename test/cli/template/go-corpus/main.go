// Fills in what Go's own text/template makes of the templates in corpus.jsonl, which template.test.ts compares with ours:
//
//	go run main.go < corpus.jsonl > new.jsonl
//
// The corpus as it stands was filled in by Go 1.19.8, the version that docker-machine 0.16 was seen with.
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"text/template"
)

type engine struct {
	Labels    []string
	TLSVerify bool
	Driver    string
}

// Item is what the cases with "struct" data see. template.test.ts describes the same one.
type Item struct {
	Name   string
	Active bool
	State  string
	Count  int
	Load   float64
	Tags   []string
	Engine *engine
}

type testCase struct {
	Template string `json:"template"`
	Data     string `json:"data"`
	Output   string `json:"output,omitempty"`
	Error    string `json:"error,omitempty"`
}

func main() {
	input := json.NewDecoder(os.Stdin)
	var first struct {
		Data any `json:"data"`
	}
	if err := input.Decode(&first); err != nil {
		panic(err)
	}
	item := Item{"dev", true, "Running", 22, 1.5, []string{"a=1", "b"}, &engine{[]string{"x=y"}, true, "overlay2"}}
	functions := template.FuncMap{
		"json":       func(v any) string { text, _ := json.Marshal(v); return string(text) },
		"prettyjson": func(v any) string { text, _ := json.MarshalIndent(v, "", "    "); return string(text) },
	}
	output := json.NewEncoder(os.Stdout)
	output.SetEscapeHTML(false)
	output.Encode(first)
	for input.More() {
		var c testCase
		if err := input.Decode(&c); err != nil {
			panic(err)
		}
		var data any = first.Data
		if c.Data == "struct" {
			data = item
		}
		var text bytes.Buffer
		parsed, err := template.New("").Funcs(functions).Parse(c.Template)
		if err == nil {
			err = parsed.Execute(&text, data)
		}
		c.Output, c.Error = text.String(), ""
		if err != nil {
			c.Output, c.Error = "", typeNames.Replace(err.Error())
		}
		output.Encode(c)
	}
}

var typeNames = strings.NewReplacer("*main.engine", "*commands.Engine", "main.Item", "commands.Item")
